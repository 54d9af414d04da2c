"""A question that another page asks: what it rates, what is told, how it is marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Page

Open = Callable[[], Page]

ASK = """([text, id, options]) => {
  const plain = new DOMParser().parseFromString(text, "text/html");
  const form = document.adoptNode(plain.getElementById(id));
  document.getElementById(id).remove();
  document.querySelector("main").append(form);
  window.told = [];
  options.answered = (right) => window.told.push(right);
  window.asked = dlblStudy.question(form, options);
}"""


@pytest.fixture
def ask(open_demo: Open, demo_page: str) -> Callable[..., Page]:
    """A function that asks one question of the page anew, with options."""

    def ask_one(question: str, **options: object) -> Page:
        page = open_demo()
        text = Path(url2pathname(urlsplit(demo_page).path)).read_text("utf-8")
        page.evaluate(ASK, [text, question, options])
        return page

    return ask_one


def answer(page: Page, question: str, *, right: bool) -> None:
    """Choose an option, by what the script knows, and check it."""
    wanted = "[data-right='1']" if right else ":not([data-right='1'])"
    page.locator(f"#{question} input{wanted}").first.check()
    page.keyboard.press("Enter")


def events(page: Page) -> list[tuple[str, int, str]]:
    """All stored ratings: id, grade, source."""
    kept = page.evaluate("dlblStudy.store.events()")
    return [(event["id"], event["g"], event["s"]) for event in kept]


@pytest.mark.parametrize("right", [True, False])
def test_source_and_callback(ask: Callable[..., Page], right: bool) -> None:
    """The rating names the page that asked, and the page is told."""
    page = ask("demo-q-single", source="review")
    answer(page, "demo-q-single", right=right)
    assert events(page) == [("demo-q-single", 3 if right else 1, "review")]
    assert page.evaluate("told") == [right]


def test_without_record(ask: Callable[..., Page]) -> None:
    """Nothing is rated, at any try; each check is told."""
    page = ask("demo-q-single", record=False)
    answer(page, "demo-q-single", right=False)
    page.keyboard.press("Enter")  # tries again
    answer(page, "demo-q-single", right=True)
    assert events(page) == []
    assert page.evaluate("told") == [False, True]


def test_without_another_try(ask: Callable[..., Page]) -> None:
    """Once checked, nothing of the question can be pressed."""
    page = ask("demo-q-single", again=False)
    form = page.locator("#demo-q-single")
    assert form.locator("button:visible").count() == 1
    answer(page, "demo-q-single", right=True)
    assert form.locator("button:visible, input:enabled").count() == 0
    form.evaluate("one => one.requestSubmit()")
    assert page.evaluate("told") == [True]
    assert form.locator(".study-because:visible").count() == 3


def numbers(page: Page) -> dict:
    """The numbers that the generated question shows."""
    given = page.locator("#demo-q-generated legend .study-given")
    pairs = given.evaluate_all("all => all.map((g) => [g.dataset.name, g.textContent])")
    return {name: float(value) for name, value in pairs}


def test_fresh_numbers(ask: Callable[..., Page]) -> None:
    """Other ones each time; without `fresh`, those that stand in the page."""
    plain = numbers(ask("demo-q-generated"))
    assert numbers(ask("demo-q-generated")) == plain
    drawn = [numbers(ask("demo-q-generated", fresh=True)) for _ in range(6)]
    assert len({json.dumps(one) for one in drawn}) > 2


def test_given_numbers(ask: Callable[..., Page]) -> None:
    """The question is that of the numbers, answer and explanations too."""
    page = ask("demo-q-generated")
    given = {"n": 20, "k": 5, "p": 1, "s": 2}
    assert set(given) == set(numbers(page))
    page.evaluate("(given) => asked.renumber(given)", given)
    assert numbers(page) == given
    form = page.locator("#demo-q-generated")
    assert form.get_attribute("data-answer") == "9"
    assert json.loads(form.get_attribute("data-drawn")) == given
    page.locator("#demo-q-generated input").fill("9")
    assert page.evaluate("asked.mark()") is True


def test_marked_without_its_button(ask: Callable[..., Page]) -> None:
    """An exam marks: nothing is rated or told, all is explained and closed."""
    page = ask("demo-q-single")
    form = page.locator("#demo-q-single")
    assert page.evaluate("asked.missing()") == "Choose an answer first."
    form.locator("input[data-right='1']").check()
    assert page.evaluate("asked.missing()") == ""
    assert page.evaluate("asked.mark()") is True
    assert form.get_attribute("data-state") == "right"
    assert form.locator("input:enabled").count() == 0
    assert form.locator(".study-because:visible").count() == 3
    assert events(page) == []
    assert page.evaluate("told") == []
