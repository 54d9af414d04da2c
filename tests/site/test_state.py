"""What is due: in the header of every page, and below a chapter's title."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from _ext.study.source import Study, read
from tests.site.visit import Visit

ROOT = Path(__file__).resolve().parents[2]
STUDIES = [read(file) for file in sorted((ROOT / "study").rglob("*.yml"))]
STUDY = STUDIES[0]
CHAPTER = f"chapters/{STUDY.file.parent.name}/{STUDY.slug}.html"
PLAIN = "chapters/reference/notation.html"
REVIEW = "chapters/reference/review.html"
CARDS = [card["id"] for card in STUDY.cards]
QUESTION = STUDY.quiz[0]["id"]
DAY_MS = 86_400_000

Open = Callable[..., Page]


def event(id_: str, grade: int, ago: int, source: str = "page", rev: int = 1) -> dict:
    """An answer of some days ago, at noon of a day in UTC."""
    today = int(datetime.now(UTC).timestamp() * 1000) // DAY_MS
    day = today - ago - 1
    t = day * DAY_MS + DAY_MS // 2
    return {"id": id_, "t": t, "day": day, "g": grade, "s": source, "r": rev}


def undo(undone: dict) -> dict:
    """The event that takes one back."""
    digits, number = "", undone["t"]
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return undone | {"t": undone["t"] + 1, "g": 0, "s": f"undo:{digits}"}


WRONG = event(CARDS[3], 1, 2)
EVENTS = [
    event(CARDS[0], 1, 0),  # Again: due
    event(CARDS[1], 3, 400),  # Good long ago: due
    event(QUESTION, 1, 3, "quiz"),  # a wrong answer: due
    event("own-0123456789abcdef", 1, 5),  # of an own deck: due
    event(CARDS[2], 4, 0),  # Easy: not due
    WRONG,
    undo(WRONG),  # taken back: new
    event(CARDS[4], 1, 9),
    event(CARDS[4], 0, 8, "suspend"),  # suspended: not due
    event("gone-from-the-course", 1, 5),
    event("own-fedcba9876543210", 1, 5),  # of a deck that was removed
]
DUE = 4
DECK = {
    "schema": 1,
    "name": "Mine",
    "cards": [
        {"id": "own-0123456789abcdef", "front": "one", "back": "two", "topic": ""}
    ],
}


def keep(page: Page, events: list[dict], **more: str) -> None:
    """Write these events as another tab would, and load the page again."""
    values = {
        "dlbl:meta": '{"schema":1}',
        "dlbl:log:aaaaaa": "".join(json.dumps(e) + "\n" for e in events),
        "dlbl:deck:bbbbbb": json.dumps(DECK),
    }
    page.wait_for_load_state("networkidle")
    page.evaluate("(values) => Object.assign(localStorage, values)", values | more)
    page.requests.clear()
    page.reload()


def due(page: Page) -> str:
    """The header's count, once it is there."""
    page.locator(".study-due:visible").wait_for()
    return page.locator(".study-due").inner_text()


def loaded(page: Page) -> set[str]:
    """The scripts of the study system that the page asked for."""
    names = (re.search(r"/_static/((?:study|due)[^?]*)", r.url) for r in page.requests)
    return {found[1] for found in names if found}


def cached(page: Page) -> dict | None:
    """The count that is kept."""
    return json.loads(page.evaluate("localStorage.getItem('dlbl:due')") or "null")


def test_nothing_is_shown_before_the_first_answer(visit: Visit) -> None:
    """On no page, and nothing is loaded for it."""
    page = visit.page
    assert page.locator(".study-due").count() == 1
    assert not page.locator(".study-due").is_visible()
    own = ".study-deck, .study-quiz, .study-review, .study-exam"
    if not page.locator(own).count():
        assert loaded(page) == {"due.js"}


def test_count_of_a_page_without_the_scheduler(open_page: Open) -> None:
    """It is loaded once; the next page knows the number."""
    page = open_page(PLAIN)
    keep(page, EVENTS)
    assert due(page) == f"{DUE} due"
    assert loaded(page) == {"due.js", "study.js", "study/index.js"}
    link = page.locator(".study-due")
    assert link.get_attribute("aria-label") == f"{DUE} due: review"
    page.wait_for_function("() => localStorage.getItem('dlbl:due')")
    page.requests.clear()
    page.reload()
    assert due(page) == f"{DUE} due"
    assert loaded(page) == {"due.js"}
    link.click()
    page.wait_for_url(f"**/{REVIEW}")
    assert due(page) == f"{DUE} due"
    assert page.problems == []


def test_review_page_counts_the_same(open_page: Open) -> None:
    """Header and page agree, before and after an answer."""
    page = open_page(REVIEW)
    keep(page, EVENTS)
    shown = page.locator(".review-number").first.inner_text()
    assert due(page) == f"{shown} due" == f"{DUE} due"


def test_days_to_come(open_page: Open) -> None:
    """What becomes due later is kept with its day."""
    page = open_page(PLAIN)
    keep(page, EVENTS)
    due(page)
    page.wait_for_function("() => localStorage.getItem('dlbl:due')")
    days = cached(page)["days"]
    today = page.evaluate("dlblStudy.day(Date.now(), new Date().getTimezoneOffset())")
    assert sum(count for day, count in days if day <= today) == DUE
    assert sum(count for _, count in days) == DUE + 1


def test_answer_in_a_chapter_changes_it(open_page: Open) -> None:
    """The header and the line below the title follow, in other tabs too."""
    page = open_page(CHAPTER)
    state = page.locator(".study-state")
    whole = f"{len(STUDY.cards)} cards, {len(STUDY.quiz)} questions"
    assert state.inner_text() == f"{whole} · Review"
    tab = page.context.new_page()
    tab.goto(page.url)
    for key in ("1", "3"):
        page.focus(f"#{CARDS[int(key)]} > summary")
        page.keyboard.press("Space")
        page.keyboard.press(key)
    rest = len(STUDY.cards) + len(STUDY.quiz) - 2
    said = f"{whole}: 1 due, {rest} new, 1 for later · Review"
    for one in (page, tab):
        assert due(one) == "1 due"
        one.wait_for_function(
            "(said) => document.querySelector('.study-state').textContent === said",
            arg=said,
            polling=100,  # a tab in the background draws no frames
        )
    page.goto(page.url.replace(CHAPTER, PLAIN))
    assert due(page) == "1 due"
    assert page.problems == []


@pytest.mark.parametrize("study", STUDIES, ids=[study.slug for study in STUDIES])
def test_state_of_a_chapter(open_page: Open, study: Study) -> None:
    """Due, new, for later and suspended are all that there is."""
    page = open_page(f"chapters/{study.file.parent.name}/{study.slug}.html")
    ids = [item["id"] for item in (*study.cards, *study.quiz)]
    events = [event(id_, 1, 0) for id_ in ids[:3]] + [event(ids[3], 4, 0)]
    events += [event(id_, 0, 0, "suspend") for id_ in (ids[2], ids[5])]
    for e in events[4:]:
        e["t"] += 1
    keep(page, events)
    text = page.locator(".study-state > span").inner_text()
    counts = [
        int(n) for n in re.findall(r"(\d+) (?:due|new|for later|suspended)", text)
    ]
    assert counts == [2, len(ids) - 5, 1, 2]


def test_state_says_no_zeros_but_of_due(open_page: Open) -> None:
    """When all was answered nothing is new, and nothing was suspended."""
    page = open_page(CHAPTER)
    ids = [item["id"] for item in (*STUDY.cards, *STUDY.quiz)]
    keep(page, [event(id_, 4, 0) for id_ in ids])
    text = page.locator(".study-state > span").inner_text()
    assert text.split(": ")[1] == f"0 due, {len(ids)} for later"


@pytest.mark.parametrize("study", STUDIES, ids=[study.slug for study in STUDIES])
def test_chapter_whose_quiz_was_answered(open_page: Open, study: Study) -> None:
    """On the next visit all its questions are there again, the generated ones too."""
    page = open_page(f"chapters/{study.file.parent.name}/{study.slug}.html")
    keep(page, [event(item["id"], 3, 1, "quiz") for item in study.quiz])
    page.wait_for_load_state("networkidle")
    assert page.problems == []
    checks = page.locator(".study-question .study-check button")
    assert checks.count() == len(study.quiz)


@pytest.mark.parametrize(
    "cache",
    ["{", "null", "7", '"x"', "{}", '{"stamp":1,"days":[]}', "STAMP"],
)
def test_damaged_count(open_page: Open, cache: str) -> None:
    """It is made anew."""
    page = open_page(PLAIN)
    keep(page, EVENTS)
    due(page)
    page.wait_for_function("() => localStorage.getItem('dlbl:due')")
    if cache == "STAMP":
        cache = json.dumps({"stamp": cached(page)["stamp"], "days": [None]})
    keep(page, EVENTS, **{"dlbl:due": cache})
    assert due(page) == f"{DUE} due"
    page.wait_for_function(
        "(old) => localStorage.getItem('dlbl:due') !== old", arg=cache
    )
    assert page.problems == []


def test_newer_schema_is_not_written_to(open_page: Open) -> None:
    """Shown, but not kept."""
    page = open_page(PLAIN)
    keep(page, EVENTS, **{"dlbl:meta": '{"schema":2}'})
    assert due(page) == f"{DUE} due"
    assert cached(page) is None


def test_storage_off(open_page: Open) -> None:
    """No count, and no error."""
    page = open_page(PLAIN)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw Error(); }})"
    )
    page.reload()
    page.wait_for_load_state("networkidle")
    assert not page.locator(".study-due").is_visible()
    assert page.problems == []


def test_from_a_folder(open_page: Open, site: Path) -> None:
    """Without a server: scripts are loaded, and the count is kept between pages."""
    page = open_page((site / PLAIN).as_uri())
    keep(page, EVENTS)
    assert due(page) == f"{DUE} due"
    page.goto((site / CHAPTER).as_uri())
    assert due(page) == f"{DUE} due"
    assert page.problems == []


PLACES = """() => [...document.querySelectorAll(
    ".bd-header-article :is(a, button):not(.study-due), h1, h1 ~ *"
  )].map((one) => one.getBoundingClientRect().toJSON())"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [PLAIN, CHAPTER])
def test_nothing_moves(open_page: Open, path: str, width: int) -> None:
    """Neither count nor line moves anything, nor widens a narrow page."""
    page = open_page(path, width=width)
    many = [event(card["id"], 1, 1) for study in STUDIES for card in study.cards]
    keep(page, many)
    assert due(page) == f"{len(many)} due"
    after = page.evaluate(PLACES)
    page.evaluate(
        """() => {
          document.querySelector(".study-due").hidden = true;
          for (const said of document.querySelectorAll(".study-state > span")) {
            said.textContent = said.dataset.all;
          }
        }"""
    )
    assert page.evaluate(PLACES) == after
    page.evaluate(
        """() => {
          const due = document.querySelector(".study-due");
          due.hidden = false;
          due.textContent = "999+ due";
        }"""
    )
    assert page.evaluate(PLACES) == after
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_script(open_page: Open) -> None:
    """The line says what there is; the header says nothing."""
    page = open_page(CHAPTER, javascript=False)
    whole = f"{len(STUDY.cards)} cards, {len(STUDY.quiz)} questions · Review"
    assert page.locator(".study-state").inner_text() == whole
    assert not page.locator(".study-due").is_visible()
    page.click(".study-state a")
    page.wait_for_url(f"**/{REVIEW}")
