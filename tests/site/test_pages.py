"""Every page of the built site, as a browser shows it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LIMIT = 300_000
"""Bytes of a page before its first picture, compressed as a server sends them."""

HIDDEN_ICONS = """() => [...document.querySelectorAll("i, span")]
  .filter(e => /(^| )fa[srb]?[ -]/.test(e.className))
  .filter(e => getComputedStyle(e).maskImage === "none").map(e => e.className)"""

OVERFLOW = """() => document.documentElement.scrollWidth - innerWidth"""


def violations(page: Page) -> list[str]:
    """Return what axe finds against a page: rule, element, reason."""
    return [
        f"{rule['id']}: {node['html'][:150]}: {node['failureSummary']}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]


def weight(page: Page) -> dict[str, int]:
    """Return the compressed bytes of everything a page asked for except pictures."""
    sizes = {}
    for request in page.requests:
        if request.resource_type != "image" and "://" in request.url:
            body = request.response().body()
            packed = body if request.resource_type == "font" else gzip.compress(body)
            sizes[request.url] = len(packed)
    return sizes


def test_nothing_goes_wrong(visit: Page) -> None:
    """No error in the console, no failed request, no request to another host."""
    visit.wait_for_load_state("networkidle")
    assert visit.problems == []


def test_weight(visit: Page) -> None:
    """Light enough for a slow line."""
    sizes = weight(visit)
    assert sum(sizes.values()) <= LIMIT, sizes


def test_icons_show(visit: Page) -> None:
    """Each icon of the theme has a picture in `icons.py`."""
    assert visit.evaluate(HIDDEN_ICONS) == []


def test_accessible_in_light(visit: Page) -> None:
    """Axe finds nothing against the light page."""
    assert violations(visit) == []


def test_accessible_in_dark(page_path: str, open_page: Callable[..., Page]) -> None:
    """Axe finds nothing against the dark page."""
    page = open_page(page_path, dark=True)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert violations(page) == []


def test_narrow(page_path: str, open_page: Callable[..., Page]) -> None:
    """On a telephone nothing is cut off, and nothing scrolls sideways."""
    page = open_page(page_path, width=360)
    assert page.evaluate(OVERFLOW) <= 0
    assert violations(page) == []


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


def test_in_print(page_path: str, open_page: Callable[..., Page]) -> None:
    """On paper the text stands alone, once, and its title first."""
    page = open_page(page_path)
    page.emulate_media(media="print")
    assert page.locator("h1:visible").count() == 1
    for chrome in ("#pst-primary-sidebar", "#pst-secondary-sidebar", ".copybtn"):
        assert page.locator(f"{chrome}:visible").count() == 0, chrome
