"""Cards in a browser: opened and rated with the keyboard, kept over a reload."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from _ext.study.source import Study

Open = Callable[[], Page]
GRADES = ("Again", "Hard", "Good", "Easy")


def events(page: Page) -> list[dict]:
    """All stored ratings."""
    return page.evaluate("dlblStudy.store.events()")


def is_open(page: Page, card: str) -> bool:
    """Whether the back of a card is shown."""
    return page.evaluate("id => document.getElementById(id).open", card)


@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_every_card_by_keyboard(open_demo: Open, demo: Study, grade: int) -> None:
    """Space opens, a number rates and closes, Tab goes on to the next card."""
    page = open_demo()
    before = time.time() * 1000
    page.focus(f"#{demo.cards[0]['id']} summary")
    for card in demo.cards:
        assert page.evaluate("document.activeElement.parentElement.id") == card["id"]
        page.keyboard.press("Space")
        assert is_open(page, card["id"])
        page.keyboard.press(str(grade))
        assert not is_open(page, card["id"])
        assert (
            page.locator(f"#{card['id']} .study-last")
            .inner_text()
            .endswith(f": {GRADES[grade - 1]}")
        )
        page.keyboard.press("Tab")
    kept = events(page)
    assert [event["id"] for event in kept] == [card["id"] for card in demo.cards]
    for event in kept:
        assert set(event) == {"id", "t", "day", "g", "s", "r"}
        assert before <= event["t"] <= time.time() * 1000
        assert (event["g"], event["s"], event["r"]) == (grade, "page", 1)


def test_numbers_do_nothing_to_a_closed_card(open_demo: Open) -> None:
    """Nor with Ctrl or Alt, nor do other keys rate an open one."""
    page = open_demo()
    page.focus("#demo-modes summary")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    for key in ("Control+3", "Alt+3", "5", "0", "a"):
        page.keyboard.press(key)
    assert is_open(page, "demo-modes")
    assert events(page) == []


def test_rating_with_the_mouse(open_demo: Open) -> None:
    """The buttons do the same, and what was rated is announced."""
    page = open_demo()
    page.click("#demo-modes summary")
    page.click("#demo-modes .study-rate >> text=Hard")
    assert [event["g"] for event in events(page)] == [2]
    status = page.locator(".study-deck [role=status]").first
    assert status.inner_text() == "Hard."
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_last_answer_after_a_reload(open_demo: Open) -> None:
    """The next visit shows when a card was answered and how, the newest rating."""
    page = open_demo()
    for key in ("1", "3"):
        page.focus("#demo-check summary")
        page.keyboard.press("Space")
        page.keyboard.press(key)
    page.reload()
    today = datetime.now(UTC).astimezone()
    date = f"{today.day} {today:%B} {today.year}"
    last = page.locator("#demo-check .study-last")
    assert last.inner_text() == f"Last answered {date}: Good"
    assert page.locator("#demo-memory .study-last").count() == 0
    assert len(events(page)) == 2
