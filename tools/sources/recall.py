"""S60 to S61: the cards and questions of a chapter, and their places in the page."""

from collections.abc import Iterator

from tools.sources.course import Chapter, Course
from tools.sources.faults import Fault
from tools.sources.page import Page

CARDS, QUESTIONS = (8, 15), (6, 10)


def counts(course: Course) -> Iterator[Fault]:
    """S60: eight to fifteen cards and six to ten questions a chapter."""
    for chapter in course.chapters:
        if not course.has(chapter.study):
            continue
        data = course.study(chapter)
        for what, items, (low, high) in (
            ("cards", data["cards"], CARDS),
            ("questions", data["quiz"], QUESTIONS),
        ):
            if not low <= len(items) <= high:
                text = f"{len(items)} {what}; a chapter has {low} to {high}"
                yield Fault(chapter.study, 1, "S60", text)


def places(course: Course) -> Iterator[Fault]:
    """S61: each card stands in the page, right after the section that teaches it."""
    for chapter, page in course.lessons():
        data = course.study(chapter)
        labels = {b.name: b.line for b in page.of_kind("label")}
        for item in data["cards"] + data["quiz"]:
            if item.get("section") not in labels:
                line = course.line_of(chapter.study, f"id: {item.get('id')}")
                text = f"section '{item.get('section')}' is no label of {page.path}"
                yield Fault(chapter.study, line, "S61", f"{text}; mend one of them")
        yield from _directives(course, chapter, page, data["cards"], labels)


def _directives(
    course: Course, chapter: Chapter, page: Page, cards: list, labels: dict[str, int]
) -> Iterator[Fault]:
    sections = {card.get("section"): card.get("id") for card in cards}
    shown = {}
    for block in page.directives("cards"):
        section = block.text
        if section in shown:
            text = f"the cards of '{section}' stand here twice; remove one"
            yield Fault(page.path, block.line, "S61", text)
        shown[section] = block.line
        if section not in sections:
            text = f"no card has section '{section}'; write one or remove this"
            yield Fault(page.path, block.line, "S61", text)
        if section not in labels or labels[section] > block.line:
            text = f"'({section})=' does not stand above its cards; put it there"
            yield Fault(page.path, block.line, "S61", text)
    for section, card in sections.items():
        if section in labels and section not in shown:
            line = course.line_of(chapter.study, f"id: {card}")
            text = f"no '{{cards}} {section}' in {page.path}; add it"
            yield Fault(chapter.study, line, "S61", text)


RULES = (counts, places)
