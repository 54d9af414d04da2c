"""Every card and every question of the course, answered with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from _ext.study.generate import function
from _ext.study.marks import blanks
from _ext.study.source import read

ROOT = Path(__file__).resolve().parents[2]
STUDIES = [read(file) for file in sorted((ROOT / "study").rglob("*.yml"))]
PATHS = [f"chapters/{s.file.parent.name}/{s.slug}.html" for s in STUDIES]
GIVEN = list(zip(PATHS, STUDIES, strict=True))
NAMES = [study.slug for study in STUDIES]

pages = pytest.mark.parametrize(("path", "study"), GIVEN, ids=NAMES)


def events(page: Page) -> dict[str, tuple[int, str]]:
    """The stored ratings: grade and source of each id."""
    kept = page.evaluate("dlblStudy.store.events()")
    found = {event["id"]: (event["g"], event["s"]) for event in kept}
    assert len(found) == len(kept)
    return found


def test_there_is_study_data() -> None:
    """So that no test below passes by having nothing to do."""
    assert STUDIES


@pages
def test_every_card(open_page: Callable[..., Page], path: str, study) -> None:
    """Each is opened with Space, read, rated with a number, and remembered."""
    page = open_page(path)
    grades = {card["id"]: 1 + i % 4 for i, card in enumerate(study.cards)}
    for card, grade in grades.items():
        page.focus(f"#{card} > summary")
        page.keyboard.press("Space")
        back = page.locator(f"#{card} .study-back")
        assert back.is_visible()
        assert len(back.inner_text()) > 20
        page.keyboard.press(str(grade))
        assert not back.is_visible()
    assert events(page) == {card: (grade, "page") for card, grade in grades.items()}
    page.reload()
    for card in grades:
        last = page.locator(f"#{card} .study-last").text_content()
        assert last.startswith("Last answered ")
    assert page.problems == []


def answer(page: Page, item: dict, *, right: bool) -> None:
    """Answer one question with the keyboard, from its first field."""
    form = page.locator(f"#{item['id']}")
    if item["kind"] == "order":
        order(page, item, right=right)
        return
    form.locator("input").first.focus()
    if "options" in item:
        reasons = form.locator(".study-because")
        for i, reason in enumerate(reasons.all()):
            if reason.evaluate("one => 'right' in one.dataset") == right:
                page.keyboard.press("abcdef"[i])
                if item["kind"] != "multi":
                    break
    elif item["kind"] == "cloze":
        for blank in blanks(item["text"]):
            page.keyboard.type(blank.spellings[-1] if right else "something else")
            page.keyboard.press("Tab")
        form.locator("input").first.focus()
    else:
        number = expected(page, item)
        page.keyboard.type(f"{number if right else number + 1000:.10g}")
    page.keyboard.press("Enter")


def expected(page: Page, item: dict) -> float:
    """The answer to a numeric question, computed from the numbers in the page."""
    if "answer" in item:
        return item["answer"]
    given = page.locator(f"#{item['id']} legend .study-given")
    names = given.evaluate_all("all => all.map((one) => one.dataset.name)")
    drawn = dict(zip(names, map(float, given.all_inner_texts()), strict=True))
    return function(item["generate"]["function"])(**drawn)


def order(page: Page, item: dict, *, right: bool) -> None:
    """Bring the items into order with the arrow keys; to be wrong, leave them."""
    rows = page.locator(f"#{item['id']} .study-order > li")
    keys = "all => all.map((one) => Number(one.dataset.key))"
    for place in range(rows.count() if right else 0):
        page.locator(f"#{item['id']} [data-key='{place + 1}'] button").first.focus()
        for _ in range(rows.evaluate_all(keys).index(place + 1) - place):
            page.keyboard.press("ArrowUp")
    page.focus(f"#{item['id']} [type=submit]")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pages
def test_every_question(
    open_page: Callable[..., Page], path: str, study, right: bool
) -> None:
    """Each is answered, judged, explained and remembered."""
    page = open_page(path)
    for item in study.quiz:
        form = page.locator(f"#{item['id']}")
        assert form.locator(".study-because:visible").count() == 0
        answer(page, item, right=right)
        said = form.locator(".study-status").inner_text()
        assert said.startswith("Right." if right else "Not right: "), (item["id"], said)
        count = len(item.get("options") or item.get("items") or [1])
        assert form.locator(".study-because:visible").count() == count
        assert form.locator(".study-why").is_visible()
    grade = 3 if right else 1
    assert events(page) == {item["id"]: (grade, "quiz") for item in study.quiz}
    assert page.problems == []


@pages
def test_every_generated_question_again(
    open_page: Callable[..., Page], path: str, study
) -> None:
    """Ten fresh draws of each are answered rightly."""
    page = open_page(path)
    for item in study.quiz:
        if "generate" not in item:
            continue
        form = page.locator(f"#{item['id']}")
        for _ in range(10):
            answer(page, item, right=True)
            assert form.locator(".study-status").inner_text() == "Right."
            page.keyboard.press("Enter")


@pages
def test_without_script(open_page: Callable[..., Page], path: str, study) -> None:
    """Backs and explanations can be opened, and are all there on paper."""
    page = open_page(path, javascript=False)
    for card in study.cards:
        page.click(f"#{card['id']} > summary")
        assert page.locator(f"#{card['id']} .study-back").is_visible()
    page = open_page(path, javascript=False)
    page.emulate_media(media="print")
    assert page.locator(".study-back:visible").count() == len(study.cards)
    assert page.locator(".study-reasons:visible").count() == len(study.quiz)


@pages
def test_page_shows_all_of_its_data(
    open_page: Callable[..., Page], path: str, study
) -> None:
    """Every item of the file stands in the page, once, and can be linked to."""
    page = open_page(path)
    shown = "all => all.map((one) => one.id)"
    cards = page.locator(".study-card").evaluate_all(shown)
    assert sorted(cards) == sorted(card["id"] for card in study.cards)
    questions = page.locator(".study-question").evaluate_all(shown)
    assert questions == [item["id"] for item in study.quiz]


@pages
def test_nothing_is_stored_by_reading(
    open_page: Callable[..., Page], path: str, study
) -> None:
    """A visit without an answer leaves no trace of ours."""
    page = open_page(path)
    assert (
        page.evaluate("Object.keys(localStorage).filter(k => /^dlbl:/.test(k))") == []
    )


def open_and_answer_all(page: Page, study) -> None:
    """The page with most on it: every card open, every question answered wrongly."""
    for card in study.cards:
        page.click(f"#{card['id']} > summary")
    for item in study.quiz:
        answer(page, item, right=False)


@pages
def test_narrow(open_page: Callable[..., Page], path: str, study) -> None:
    """At 360 px no card or question is wider than the page."""
    page = open_page(path, width=360)
    open_and_answer_all(page, study)
    wide = page.evaluate(
        """() => [...document.querySelectorAll(".study-deck *, .study-quiz *")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
          .filter((one) => !one.closest("pre, .katex, .study-hidden"))
          .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert wide == []
