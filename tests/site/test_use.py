"""What a reader does with the site: searches it, and moves by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

START = "chapters/index.html"


@pytest.mark.parametrize("offline", [False, True], ids=["server", "folder"])
def test_search(offline: bool, site: Path, open_page: Callable[..., Page]) -> None:
    """A word of the landing page is found, from a server and from a folder."""
    address = (site / "search.html").as_uri() if offline else "search.html"
    page = open_page(f"{address}?q=learning")
    expect(page.locator("#search-results li").first).to_be_visible()
    assert page.problems == []


def test_search_by_key(open_page: Callable[..., Page]) -> None:
    """Control-K opens the search, a word and Enter lead to its results."""
    page = open_page(START)
    page.keyboard.press("Control+k")
    expect(page.locator("#pst-search-dialog input")).to_be_focused()
    page.keyboard.type("learning")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li").first).to_be_visible()


def test_skip_link(open_page: Callable[..., Page]) -> None:
    """The first press of Tab offers to skip the navigation."""
    page = open_page(START)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    assert focused == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")


def test_colour_scheme_is_kept(open_page: Callable[..., Page]) -> None:
    """The switch changes the colours, and a reload keeps them."""
    page = open_page(START)
    theme = "document.documentElement.dataset.theme"
    seen = set()
    for _ in range(3):
        page.locator(".theme-switch-button").first.click()
        seen.add(page.evaluate(theme))
    assert seen == {"light", "dark"}
    page.evaluate("localStorage.setItem('mode', 'dark')")
    page.reload()
    assert page.evaluate(theme) == "dark"
    assert page.problems == []


def test_dark_page_prints_on_white(open_page: Callable[..., Page]) -> None:
    """On paper the dark page is the light one; afterwards it is dark again."""
    light = open_page(START)
    page = open_page(START, dark=True)
    colours = """() => [...document.querySelectorAll("body, h1, p, a, code")]
        .map((one) => getComputedStyle(one))
        .map(({ color, backgroundColor }) => color + backgroundColor)"""
    dark = page.evaluate(colours)
    for one in (light, page):
        one.emulate_media(media="print")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")
    assert page.evaluate(colours) == light.evaluate(colours) != dark
    page.emulate_media(media="screen")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_menu_on_a_telephone(open_page: Callable[..., Page]) -> None:
    """The list of chapters opens and closes by keyboard on a narrow screen."""
    page = open_page(START, width=360)
    menu = page.locator("#pst-primary-sidebar-modal")
    expect(menu).not_to_be_visible()
    page.locator(".primary-toggle").first.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()


def test_entry_leads_to_the_landing_page(open_page: Callable[..., Page]) -> None:
    """The site's address alone shows the landing page."""
    page = open_page("index.html")
    page.wait_for_url(f"**/{START}")
