"""The page as a whole: without script, on paper, narrow, for all readers, light."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from _ext.study.generate import javascript, names
from _ext.study.slim import assets, bundle
from _ext.study.source import Study

Open = Callable[[], Page]
LIMIT = 15_000  # bytes, gzipped
UNPACKED = 40_000


def open_all(page: Page) -> None:
    """Open every card."""
    for summary in page.locator(".study-card > summary").all():
        summary.click()


def answer_all(page: Page) -> None:
    """Answer every question, most of them wrong."""
    for form in page.locator(".study-question").all():
        for entry in form.locator("input[type=text]").all():
            entry.fill("7")
        for option in form.locator("input:not([type=text])").all()[:1]:
            option.check()
        form.locator("[type=submit]").click()


def violations(page: Page) -> list[str]:
    """What axe finds."""
    options = {
        "preload": False
    }  # it asks for the style sheet again, which file:// bars
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True])
def test_axe_closed_open_answered(open_demo: Open, dark: bool) -> None:
    """No violation in any state, in both colour schemes."""
    page = open_demo()
    if dark:
        page.evaluate(
            """() => {
              const root = document.documentElement;
              root.dataset.theme = "dark";
              root.style.cssText = `background: #121212; color: #ced6dd;
                --pst-color-text-base: #ced6dd; --pst-color-surface: #202020`;
            }"""
        )
    assert violations(page) == []
    open_all(page)
    assert violations(page) == []
    answer_all(page)
    assert page.locator("[data-state=wrong], [data-state=right]").count() == 7
    assert violations(page) == []


def test_narrow(open_demo: Open) -> None:
    """At 360 px nothing has to be moved sideways, whatever is open."""
    page = open_demo()
    page.set_viewport_size({"width": 360, "height": 800})
    open_all(page)
    answer_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_trap_for_the_keyboard(open_demo: Open) -> None:
    """Tab leads through everything and out at the end; focus can be seen."""
    page = open_demo()
    open_all(page)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.focus(".study-card summary >> nth=0")
    stops = 0
    while page.evaluate("document.activeElement !== document.body") and stops < 200:
        outline = page.evaluate(
            """() => {
              const at = document.activeElement;
              const near = at.closest(".study-option") || at;
              return parseFloat(getComputedStyle(near).outlineWidth);
            }"""
        )
        assert outline >= 2
        page.keyboard.press("Tab")
        stops += 1
    assert 40 < stops < 200


@pytest.fixture
def plain(browser: Browser, demo_page: str):
    """The page with scripts off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_page)
    yield page
    context.close()


def test_without_script(plain: Page, demo: Study) -> None:
    """Backs can be opened, answers and explanations too; Enter sends nothing."""
    for card in demo.cards:
        back = plain.locator(f"#{card['id']} .study-back")
        assert not back.is_visible()
        plain.click(f"#{card['id']} > summary")
        assert back.is_visible()
    for item in demo.quiz:
        answer = plain.locator(f"#{item['id']} .study-answer")
        answer.locator("summary").click()
        count = len(item.get("options") or item.get("items") or item.get("wrong", []))
        assert answer.locator("li:visible").count() == count + ("because" in item)
    assert plain.locator("button").count() == 0
    address = plain.url
    plain.focus("#demo-q-numeric input")
    plain.keyboard.type("3")
    plain.keyboard.press("Enter")
    assert plain.url == address


def readable(page: Page, demo: Study) -> None:
    """Every back and every explanation is on the paper, nothing to press is."""
    assert page.locator(".study-back:visible").count() == len(demo.cards)
    text = re.sub(r"\s+", " ", page.locator("main").inner_text())
    assert "The activations that the backward pass needs." in text
    assert "which uses the gradient." in text
    assert "A sum passes the gradient on unchanged." in text
    assert "The answer is 2.5 m." in text
    assert "They would add up otherwise." in text
    assert page.locator("main button:visible").count() == 0


def test_print_without_script(plain: Page, demo: Study) -> None:
    """On paper all is open."""
    plain.emulate_media(media="print")
    readable(plain, demo)


def test_print_with_script(open_demo: Open, demo: Study) -> None:
    """Also before anything was answered; afterwards the cards are closed again."""
    page = open_demo()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    readable(page, demo)
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".study-card[open]").count() == 0


def test_links_to_items(open_demo: Open, demo: Study) -> None:
    """Every item is the target of its id."""
    page = open_demo()
    ids = [item["id"] for item in (*demo.cards, *demo.quiz)]
    found = page.evaluate(
        "ids => ids.map((id) => document.querySelectorAll(`[id='${id}']`).length)", ids
    )
    assert found == [1] * len(ids)


def test_weight() -> None:
    """All that a chapter's page loads for its cards, and its scripts unpacked."""
    scripts = [bundle("due.js"), bundle("study.js"), javascript(set(names()))]
    sent = [*scripts, bundle("study.css")]
    assert sum(len(gzip.compress(text.encode(), 9)) for text in sent) <= LIMIT
    assert sum(len(text.encode()) for text in scripts) <= UNPACKED


def test_data_never_become_markup() -> None:
    """No way from text to HTML or code is used."""
    scripts = [text for name, text in assets().items() if name.endswith(".js")]
    assert len(scripts) >= 4
    banned = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\("
    )
    assert not any(re.search(banned, script) for script in scripts)
