"""Every page of the built site, as a browser shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.site.axe import violations
from tests.site.visit import Visit

LIMIT = 300_000
"""Bytes of a page before its first picture, compressed as a server sends them."""

HIDDEN_ICONS = """() => [...document.querySelectorAll("i, span")]
  .filter(e => /(^| )fa[srb]?[ -]/.test(e.className))
  .filter(e => getComputedStyle(e).maskImage === "none").map(e => e.className)"""

OVERFLOW = """() => document.documentElement.scrollWidth - innerWidth"""


def test_nothing_goes_wrong(visit: Visit) -> None:
    """No error in the console, no failed request, no request to another host."""
    assert visit.problems == []


def test_weight(visit: Visit) -> None:
    """Light enough for a slow line."""
    assert 0 < sum(visit.sizes.values()) <= LIMIT, visit.sizes


def test_icons_show(visit: Visit) -> None:
    """Each icon of the theme has a picture in `icons.py`."""
    assert visit.page.evaluate(HIDDEN_ICONS) == []


def test_in_print(visit: Visit) -> None:
    """On paper the text stands alone, once, and its title first."""
    with visit.again() as page:
        page.emulate_media(media="print")
        assert page.locator("h1:visible").count() == 1
        for chrome in ("#pst-primary-sidebar", "#pst-secondary-sidebar", ".copybtn"):
            assert page.locator(f"{chrome}:visible").count() == 0, chrome


def test_accessible_in_light(visit: Visit) -> None:
    """Axe finds nothing against the light page."""
    assert violations(visit.page, drawn=visit.drawn[False]) == []


def test_accessible_in_dark(visit: Visit) -> None:
    """Axe finds nothing against the dark page."""
    with visit.again(dark=True) as page:
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert violations(page, drawn=visit.drawn[True]) == []


def test_narrow(visit: Visit) -> None:
    """On a telephone nothing is cut off, and nothing scrolls sideways."""
    with visit.again(width=360) as page:
        assert page.evaluate(OVERFLOW) <= 0
        assert violations(page, drawn=visit.drawn[False]) == []


def test_from_a_folder(
    page_path: str, site: Path, open_page: Callable[..., Page]
) -> None:
    """The page works when it is opened as a file."""
    page = open_page((site / page_path).as_uri())
    page.wait_for_load_state("networkidle")
    assert page.problems == []
    assert page.locator("h1:visible").count() == 1


def test_without_script(page_path: str, open_page: Callable[..., Page]) -> None:
    """With script off the text and its formulas are there."""
    page = open_page(page_path, javascript=False)
    assert page.problems == []
    assert page.locator("h1:visible").count() == 1
    assert page.locator("main").inner_text().strip()
    for formula in page.locator("article .katex:visible").all()[:3]:
        assert formula.bounding_box()["width"] > 0
