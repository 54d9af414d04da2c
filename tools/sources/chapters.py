"""S10 to S15: the shape of a chapter: its sections, its size, its minutes."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tools.sources.course import Chapter, Course
from tools.sources.drawing import drawings
from tools.sources.faults import Fault
from tools.sources.page import Block, Page, Section
from tools.sources.prose import STAND_IN

SECTIONS = (
    "At a glance",
    "The problem",
    "Intuition",
    "The maths",
    "From scratch",
    "Experiment",
    "In PyTorch",
    "What can go wrong",
    "Summary",
    "Check yourself",
    "Exercises",
    "Further reading",
)
REQUIRED = {
    "At a glance",
    "The problem",
    "Summary",
    "Check yourself",
    "Exercises",
    "Further reading",
}
WORDS, CELLS, FIGURES = (1200, 2000), (8, 16), (3, 6)
NUMBERED = 8
OBJECTIVES = (3, 5)
MINUTES, TOLERANCE = (20, 50), 5


def headings(course: Course) -> Iterator[Fault]:
    """S10: one title, then sections of these names in this order, none empty."""
    for _, page in course.lessons():
        found = page.of_kind("heading")
        titles = [b for b in found if b.level == 1]
        if len(titles) != 1:
            line = titles[1].line if titles else 1
            text = f"the page has {len(titles)} titles ('# …'); it needs one"
            yield Fault(page.path, line, "S10", text)
        for before, after in pairwise(found):
            if after.level > before.level + 1:
                text = f"'{after.text}' skips a level; use {'#' * (before.level + 1)}"
                yield Fault(page.path, after.line, "S10", text)
        yield from _order(page)
        for section in page.sections():
            if all(b.kind in ("label", "heading") for b in section.blocks):
                text = f"section '{section.title}' is empty; fill it or remove it"
                yield Fault(page.path, section.line, "S10", text)


def _order(page: Page) -> Iterator[Fault]:
    last = -1
    sections = page.sections()
    for section in sections:
        if section.title not in SECTIONS:
            text = f"no section is called '{section.title}'; use {', '.join(SECTIONS)}"
            yield Fault(page.path, section.line, "S10", text)
            continue
        place = SECTIONS.index(section.title)
        if place <= last:
            text = f"section '{section.title}' must come before '{SECTIONS[last]}'"
            yield Fault(page.path, section.line, "S10", text)
        last = max(last, place)
    for title in SECTIONS:
        if title in REQUIRED and title not in {s.title for s in sections}:
            yield Fault(page.path, 1, "S10", f"section '{title}' is missing; write it")


def objectives(course: Course) -> Iterator[Fault]:
    """S11: a question, three to five objectives, and a summary line for each."""
    low, high = OBJECTIVES
    for _, page in course.lessons():
        glance = page.section("At a glance")
        if glance is None:
            continue
        paragraphs = [b.prose for b in glance.walk() if b.kind == "prose"]
        question = [p for p in paragraphs if p.text.startswith("The question")]
        if not question or "?" not in question[0].text:
            text = "needs '**The question.** …?'; ask the one question of the page"
            yield Fault(page.path, glance.line, "S11", text)
        asked = _items_after(glance, "After this you can")
        if not low <= len(asked) <= high:
            text = (
                f"{len(asked)} items after '**After this you can**'; "
                f"list {low} to {high} things that can be tested"
            )
            yield Fault(page.path, glance.line, "S11", text)
        summary = page.section("Summary")
        answered = _items(summary.walk()) if summary else []
        if summary and len(answered) != len(asked):
            text = (
                f"{len(answered)} items for {len(asked)} objectives; "
                "write one for each, in the same order"
            )
            yield Fault(page.path, summary.line, "S11", text)


def _items_after(section: Section, start: str) -> list[Block]:
    """Return the items of the list that follows the paragraph starting so."""
    blocks = iter([b for b in section.walk() if b.kind == "prose"])
    for block in blocks:
        if block.prose.text.startswith(start):
            found = []
            for item in blocks:
                if not item.prose.item:
                    break
                found.append(item)
            return found
    return []


def _items(blocks: Iterator[Block]) -> list[Block]:
    return [b for b in blocks if b.kind == "prose" and b.prose.item]


def size(course: Course) -> Iterator[Fault]:
    """S12: one page is one sitting."""
    for _, page in course.lessons():
        cells = page.of_kind("code")
        pictures = drawings(page)
        widgets = [d for d in pictures if d.is_widget]
        counts = (
            ("words of prose", words(page), *WORDS),
            ("code cells", len(cells), *CELLS),
            ("numbered equations", len(_numbered(page)), 0, NUMBERED),
            ("figures and widgets", len(pictures), *FIGURES),
            ("widgets", len(widgets), 1, FIGURES[1]),
        )
        for what, count, low, high in counts:
            if not low <= count <= high:
                text = f"{count} {what}; a page has {low} to {high}: split or merge"
                yield Fault(page.path, 1, "S12", text)


def words(page: Page) -> int:
    """Count the words of the running text: no code, formulas, tables or captions."""
    paragraphs = [b.prose for b in page.walk() if b.kind == "prose"]
    return sum(
        1
        for p in paragraphs
        for word in p.text.split()
        if re.search(rf"[\w{STAND_IN}]", word)
    )


def _numbered(page: Page) -> list[Block]:
    return [b for b in page.of_kind("equation") if b.name]


def predictions(page: Page) -> list[Block]:
    """Return the boxes that ask for a prediction."""
    boxes = page.directives("admonition")
    return [b for b in boxes if b.text.startswith("Predict")]


def estimated_minutes(page: Page) -> float:
    """Return the reading time by the formula of STYLE.md."""
    return (
        words(page) / 180
        + 1.5 * len(page.of_kind("code"))
        + len(page.of_kind("equation"))
        + 2 * len(predictions(page))
    )


def minutes(course: Course) -> Iterator[Fault]:
    """S13: the minutes are what the page costs, and it says so."""
    low, high = MINUTES
    for chapter, page in course.lessons():
        line = page.line_of("reading:")
        stated = page.front.get("course", {}).get("reading")
        if not isinstance(stated, int):
            continue
        estimate = estimated_minutes(page)
        if not low <= estimate <= high:
            text = f"reading takes {estimate:.0f} minutes, not {low} to {high}; "
            yield Fault(page.path, line, "S13", text + "split or merge the page")
        if abs(stated - estimate) > TOLERANCE:
            text = f"says {stated} minutes, takes {estimate:.0f}; state that"
            yield Fault(page.path, line, "S13", text)
        yield from _spoken_minutes(chapter, page, stated)


def _spoken_minutes(chapter: Chapter, page: Page, reading: int) -> Iterator[Fault]:
    glance = page.section("At a glance")
    exercises = page.front.get("course", {}).get("exercises")
    if glance is None:
        return
    spoken = next(
        (
            b.prose
            for b in glance.walk()
            if b.kind == "prose" and b.prose.text.startswith("Time")
        ),
        None,
    )
    numbers = re.findall(r"\d+", spoken.text) if spoken else []
    if numbers[:2] != [str(reading), str(exercises)]:
        text = (
            f"needs '**Time.** {reading} minutes of reading, {exercises} minutes of …'"
        )
        line = spoken.line if spoken else glance.line
        yield Fault(page.path, line, "S13", f"{text}, as in the front matter")


def predicts_first(course: Course) -> Iterator[Fault]:
    """S14: the problem asks for a prediction, and so does every widget."""
    for _, page in course.lessons():
        boxes = {b.line for b in predictions(page)}
        problem = page.section("The problem")
        if problem and not boxes & {b.line for b in problem.walk()}:
            text = "asks for no prediction; add ':::{admonition} Predict'"
            yield Fault(page.path, problem.line, "S14", text)
        widgets = {d.block.line for d in drawings(page) if d.is_widget}
        for section in page.sections():
            asked = False
            for block in section.walk():
                asked = asked or block.line in boxes
                if block.kind == "code" and block.line in widgets and not asked:
                    text = "widget without a prediction before it in its section; "
                    yield Fault(
                        page.path, block.line, "S14", text + "add one to be tested"
                    )


def leads_to_exercises(course: Course) -> Iterator[Fault]:
    """S15: the page ends in its quiz and in a link to its exercises."""
    for chapter, page in course.lessons():
        check, last = page.section("Check yourself"), page.section("Exercises")
        if check and not any(b.name == "quiz" for b in check.walk()):
            text = "has no quiz; add a '{quiz}' directive"
            yield Fault(page.path, check.line, "S15", text)
        targets = (f"ex-{chapter.slug}", chapter.exercises.removesuffix(".md"))
        roles = (
            [r for b in last.walk() if b.prose for r in b.prose.roles] if last else []
        )
        if last and not any(t in content for _, _, content in roles for t in targets):
            text = f"links no exercises; add {{ref}}`… <ex-{chapter.slug}>`"
            yield Fault(page.path, last.line, "S15", text)


RULES = (headings, objectives, size, minutes, predicts_first, leads_to_exercises)
