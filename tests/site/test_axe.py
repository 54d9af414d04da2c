"""The accessibility check of this folder finds what axe itself finds."""

from __future__ import annotations

import random
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.site.axe import violations

PAGE = "chapters/reference/notation.html"

FAINT = """(numbers) => {
  const own = (e) => [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE);
  const all = [...document.querySelectorAll("article p")].filter(
    (e) => e.checkVisibility() && own(e).some((n) => n.data.trim().length > 20));
  for (const number of numbers) {
    all[Math.floor(number * all.length)].style.color = "#fafafa";
  }
}"""


def faint(found: list[str]) -> list[str]:
    """The violations of the contrast."""
    return [one for one in found if one.startswith("color-contrast: ")]


def test_contrast_is_found_wherever_it_lacks(open_page: Callable[..., Page]) -> None:
    """Faint texts are planted; those that look alike are found by one of them."""
    chance = random.Random(1)
    for count in (1, 5):
        page = open_page(PAGE)
        page.evaluate(FAINT, [chance.random() for _ in range(count)])
        rules = Axe().run(page).response["violations"]
        assert [rule["id"] for rule in rules] == ["color-contrast"]
        own = faint(violations(page))
        assert 0 < len(own) <= len(rules[0]["nodes"])
        assert own == violations(page)


def test_what_was_looked_at_is_not_looked_at_again(
    open_page: Callable[..., Page],
) -> None:
    """Unless it is drawn in another way."""
    page = open_page(PAGE)
    drawn: set[str] = set()
    assert violations(page, drawn=drawn) == []
    seen = len(drawn)
    assert seen > 10
    assert violations(page, drawn=drawn) == []
    assert len(drawn) == seen
    page.evaluate("document.querySelector('article p').style.color = '#fafafa'")
    assert len(faint(violations(page, drawn=drawn))) > 0


def test_every_other_rule_is_tried(open_page: Callable[..., Page]) -> None:
    """And only within the part that is asked for."""
    page = open_page(PAGE)
    page.evaluate(
        "document.querySelector('article').append(document.createElement('img'))"
    )
    assert [one.split(":")[0] for one in violations(page)] == ["image-alt"]
    assert violations(page, "nav") == []
