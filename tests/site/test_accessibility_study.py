"""Cards, quiz, review and exam for everybody: in Chromium and Firefox, in all states.

Each state is looked at by axe, in light and dark. The keyboard gets through and back.
What changes is announced, and the focus is never lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from _ext.study.source import Study, read
from tests.site import chromium, firefox
from tests.site.axe import violations

STUDY = Path(__file__).resolve().parents[2] / "study"
STUDIES = [read(file) for file in sorted(STUDY.rglob("*.yml"))]
REVIEW = "chapters/reference/review.html"
EXAM = "chapters/reference/exam.html"

Tab = chromium.Tab | firefox.Tab
Open = Callable[..., Tab]


def page_of(study: Study) -> str:
    """The address of a chapter's page."""
    return f"chapters/{study.file.parent.name}/{study.slug}.html"


def kinds_twice() -> list[Study]:
    """Chapters that have every kind of card and question, each in two of them.

    They are tried in every way; of the others, however many, one way is enough.
    """
    seen: Counter[tuple[str, str]] = Counter()
    taken = []
    for study in STUDIES:
        kinds = {(steps[0], item["kind"]) for steps, item in study.items()}
        if any(seen[kind] < 2 for kind in kinds):
            seen.update(kinds)
            taken.append(study)
    return taken


EVERY_WAY = kinds_twice()
CHAPTER = page_of(EVERY_WAY[0])
BROWSERS = ("chromium", "firefox")
CHAPTERS = [
    pytest.param(browser, page_of(study), dark, id=f"{browser}-{study.slug}-{scheme}")
    for study in STUDIES
    for browser in BROWSERS
    for dark, scheme in ((False, "light"), (True, "dark"))
    if study in EVERY_WAY or (browser, scheme) == ("chromium", "light")
]
schemes = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])

LISTEN = """() => {
  const live = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
  window.said = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target.closest ? target : target.parentElement)?.closest(live);
      const text = region?.textContent.trim();
      if (text && region.checkVisibility()) window.said.push(text);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
"""Notes what a screen reader says of itself: texts that change in a live region."""

SEED = """() => {
  const now = Date.now(), day = 86400e3;
  const today = Math.floor(
    (now - new Date().getTimezoneOffset() * 60e3 - 4 * 3600e3 - 1) / day);
  const rows = [];
  const add = (id, ago, grade) => rows.push(
    JSON.stringify([id, now - ago * day, today - ago, grade, "review", 1]));
  const [first, ...others] = dlblStudy.index.chapters;
  for (let i = 0; i < 10; i++) add(first.cards[0][0], 60 - 5 * i, i % 2 ? 3 : 1);
  first.cards.slice(1, 5).forEach(([id], i) => { add(id, 50, 3); add(id, 30 - i, 3); });
  for (const other of others) other.cards.slice(0, 4).forEach(([id]) => add(id, 1, 4));
  localStorage.setItem("dlbl:meta", JSON.stringify({ schema: 1 }));
  localStorage.setItem("dlbl:log:seeded", rows.join("\\n") + "\\n");
}"""
"""A log with cards that are due, others that are not, one often forgotten."""

ENDS = """() => {
  for (const [id, how] of [["walk-start", "prepend"], ["walk-end", "append"]]) {
    const button = document.createElement("button");
    button.id = id;
    document.body[how](button);
  }
  document.getElementById("walk-start").focus();
}"""

AREAS = ".study-deck, .study-quiz, .study-review, .study-exam"

STOPS = f"""() => [...document.querySelectorAll("{AREAS}")].flatMap((area) =>
  [...area.querySelectorAll("summary, button, select, input, a[href]")].filter((e) =>
    e.checkVisibility({{ visibilityProperty: true }}) && !e.disabled && e.tabIndex >= 0
    && e.type !== "radio" && !e.closest("[inert]")).map((e) => {{
      window.stops ??= new Set();
      window.stops.add(e);
      return e.outerHTML.slice(0, 80);
    }}))"""
"""Notes on `stops` all that must be reached; a group of radio buttons is one stop."""

VISIT = """() => {
  const here = document.activeElement;
  window.stops.delete(here);
  window.walked ??= new Set();
  const again = window.walked.has(here);
  window.walked.add(here);
  return [here.id, again, here.outerHTML.slice(0, 100)];
}"""


@pytest.fixture(params=BROWSERS)
def open_tab(request: pytest.FixtureRequest) -> Open:
    """A function that opens a page as a new visitor, in one of the two browsers."""
    if request.param == "firefox":
        return request.getfixturevalue("open_in_firefox")
    open_page = request.getfixturevalue("open_page")
    return lambda path, **options: chromium.Tab(open_page(path, **options))


def focus(tab: Tab, selector: str) -> None:
    """Move the focus to an element that is there, or comes."""
    found = f"document.querySelector({json.dumps(selector)})"
    tab.wait_for(f"{found}?.checkVisibility() && ({found}.focus(), true)")


def press(tab: Tab, name: str) -> None:
    """Press the button of that name with the keyboard."""
    button = f"""[...document.querySelectorAll("main button")].find((one) =>
      one.checkVisibility() && one.textContent.trim().startsWith({json.dumps(name)}))"""
    tab.wait_for(f"({button})?.focus() ?? {button}")
    tab.press("Enter")


def shows(tab: Tab, selector: str) -> None:
    """Wait until an element is to be seen."""
    tab.wait_for(f"document.querySelector({json.dumps(selector)})?.checkVisibility()")


def has_focus(tab: Tab) -> bool:
    """Whether some element has the focus, so that keys go on from there."""
    return tab.evaluate("![document.body, null].includes(document.activeElement)")


def check(states: Iterator[str], tab: Tab, *within: str) -> None:
    """Look at each state with axe; nothing may go wrong on the way."""
    drawn: set[str] = set()
    found = {state: violations(tab, *within, drawn=drawn) for state in states}
    assert len(found) > 1
    assert {state: faults for state, faults in found.items() if faults} == {}
    assert tab.problems == []


def chapter_states(tab: Tab) -> Iterator[str]:
    """A chapter's cards and questions: closed, open, rated, answered."""
    yield "closed"
    tab.evaluate("document.querySelectorAll('.study-card').forEach(c => c.open = true)")
    yield "open"
    focus(tab, ".study-card > summary")
    tab.press("2")
    shows(tab, ".study-last")
    yield "rated"
    for form in tab.evaluate(
        "[...document.querySelectorAll('.study-question')].map((form) => form.id)"
    ):
        answer(tab, f"#{form}")
    yield "answered"


def answer(tab: Tab, form: str) -> None:
    """Answer a question somehow, and hand the answer in."""
    kind = tab.evaluate(f"document.querySelector('{form}').dataset.kind")
    if kind != "order":
        focus(tab, f"{form} input")
        if kind in ("numeric", "cloze"):
            tab.press("7")
        else:
            tab.press("b")
        for _ in range(tab.evaluate(f"{BLANKS % form}")):
            tab.press("Tab")
            tab.press("7")
    focus(tab, f"{form} [type=submit]")
    tab.press("Enter")
    shows(tab, f"{form} .study-because")


BLANKS = "Math.max(0, document.querySelectorAll('%s input[type=text]').length - 1)"


def review_states(tab: Tab) -> Iterator[str]:
    """The review page: empty, with cards due, in a sitting, and after it."""
    shows(tab, "[data-part=today] button")
    yield "first visit"
    tab.evaluate(SEED)
    tab.reload()
    shows(tab, ".review-tiles")
    shows(tab, "[data-part=standing] figure")
    tab.evaluate(
        "document.querySelectorAll('main details').forEach(d => d.open = true)"
    )
    yield "due, with charts"
    begin(tab)
    yield "front"
    tab.press("w")
    shows(tab, "#review-why")
    yield "why"
    tab.press("?")
    shows(tab, "#review-keys")
    tab.press("Space")
    shows(tab, ".review-session .study-back")
    yield "back"
    tab.press("s")
    tab.wait_for("!document.querySelector('.review-session [open]')")
    yield "suspended"
    tab.press("Escape")
    yield "paused"
    press(tab, "Finish")
    shows(tab, ".review-tiles")
    yield "finished"


def begin(tab: Tab) -> None:
    """Start the sitting."""
    focus(tab, ".review-first")
    tab.press("Enter")
    shows(tab, ".review-session .study-card, .review-session .study-question")


def exam_states(tab: Tab) -> Iterator[str]:
    """The exam page: the choice, a paper, its end, the report, the other test."""
    shows(tab, ".study-exam form")
    yield "choice"
    draw(tab)
    yield "question"
    tab.press("Enter")
    press(tab, "Flag")
    yield "flagged"
    press(tab, "Mark the paper")
    shows(tab, ".exam-ask")
    yield "asked whether to mark"
    press_first(tab, ".exam-ask button")
    shows(tab, ".exam-report")
    tab.evaluate(
        "document.querySelectorAll('main details').forEach(d => d.open = true)"
    )
    yield "report"
    press(tab, "Choose another")
    shows(tab, ".study-exam form")
    press(tab, "Test me")
    shows(tab, ".exam-numbers")
    yield "test to skip a chapter"


def draw(tab: Tab) -> None:
    """Draw a paper of ten questions."""
    focus(tab, ".study-exam input[value='10']")
    tab.press("Space")
    tab.press("Enter")
    shows(tab, ".exam-numbers")


def press_first(tab: Tab, selector: str) -> None:
    """Press the first button of a kind with the keyboard."""
    focus(tab, selector)
    tab.press("Enter")


@pytest.mark.parametrize(("open_tab", "path", "dark"), CHAPTERS, indirect=["open_tab"])
def test_chapter(open_tab: Open, path: str, dark: bool) -> None:
    """No violation among cards and questions, in any state."""
    tab = open_tab(path, dark=dark)
    check(chapter_states(tab), tab, ".study-deck", ".study-quiz")


@schemes
@pytest.mark.parametrize(
    ("path", "states"),
    [(REVIEW, review_states), (EXAM, exam_states)],
    ids=["review", "exam"],
)
def test_page_of_its_own(
    open_tab: Open,
    path: str,
    states: Callable[[Tab], Iterator[str]],
    dark: bool,
) -> None:
    """No violation on the whole page, in any state."""
    tab = open_tab(path, dark=dark)
    check(states(tab), tab)


def walk(tab: Tab, key: str, end: str) -> None:
    """Press a key until the end of the page; no place is come by twice."""
    tab.evaluate("window.walked = new Set()")
    while True:
        tab.press(key)
        here, again, html = tab.evaluate(VISIT)
        assert not again, f"{key} comes back to {html}"
        if here == end:
            return


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (CHAPTER, "closed"),
        (CHAPTER, "answered"),
        (REVIEW, "due, with charts"),
        (REVIEW, "back"),
        (EXAM, "question"),
        (EXAM, "report"),
    ],
)
def test_keyboard_gets_through_and_back(open_tab: Open, path: str, state: str) -> None:
    """Tab reaches everything, then the end of the page; Shift+Tab the start."""
    tab = open_tab(path)
    states = {CHAPTER: chapter_states, REVIEW: review_states, EXAM: exam_states}
    assert state in states[path](tab)  # which goes no further
    assert tab.evaluate(STOPS)
    tab.evaluate(ENDS)
    walk(tab, "Tab", "walk-end")
    assert tab.evaluate("[...stops].map((one) => one.outerHTML.slice(0, 100))") == []
    walk(tab, "Shift+Tab", "walk-start")


def announced(tab: Tab) -> list[str]:
    """What was said since the last time, when it has been said."""
    tab.wait_for("said.length > 0")
    return tab.evaluate("said.splice(0)")


def test_chapter_announces(open_tab: Open) -> None:
    """A rating and a verdict are heard, where one is."""
    tab = open_tab(CHAPTER)
    tab.evaluate(LISTEN)
    focus(tab, ".study-card > summary")
    tab.press("Space")
    tab.press("3")
    assert any("Good" in text for text in announced(tab))
    assert has_focus(tab)
    answer(tab, ".study-question[data-kind=single]")
    assert any(text.startswith(("Right.", "Not right")) for text in announced(tab))
    assert has_focus(tab)


def test_review_announces(open_tab: Open) -> None:
    """What a key has done is heard, and the next key finds its place."""
    tab = open_tab(REVIEW)
    tab.evaluate(SEED)
    tab.reload()
    tab.evaluate(LISTEN)
    begin(tab)
    assert has_focus(tab)
    tab.evaluate("said.length = 0")
    for key, word in (("3", "Good"), ("u", "ndo"), ("s", "Suspended")):
        if key == "3":
            tab.press("Space")
        tab.press(key)
        tab.wait_for(f"said.some((text) => text.includes('{word}'))")
        announced(tab)
        assert has_focus(tab), key


def test_exam_announces(open_tab: Open) -> None:
    """How much is answered is heard; the report takes the focus to its title."""
    tab = open_tab(EXAM)
    shows(tab, ".study-exam form")
    tab.evaluate(LISTEN)
    draw(tab)
    assert any("of 10" in text for text in announced(tab))
    assert has_focus(tab)
    press(tab, "Mark the paper")
    shows(tab, ".exam-ask")
    assert has_focus(tab)
    press_first(tab, ".exam-ask button")
    shows(tab, ".exam-report")
    title = tab.evaluate("document.activeElement.textContent")
    assert title.endswith("of 10 right")
