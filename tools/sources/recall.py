"""S61: the places of the cards in the page; `tools.study` checks the cards."""

from collections.abc import Iterator

from tools.sources.course import Chapter, Course
from tools.sources.faults import Fault
from tools.sources.page import Page


def places(course: Course) -> Iterator[Fault]:
    """S61: each card stands in the page, right after the section that teaches it."""
    for chapter, page in course.lessons():
        items = course.study(chapter).items()
        sections = {str(i.get("section")) for (kind, _), i in items if kind == "cards"}
        labels = {b.name: b.line for b in page.of_kind("label")}
        yield from _shown_once_below(page, sections, labels)
        yield from _never_shown(chapter, page, sections, labels)


def _shown_once_below(
    page: Page, sections: set[str], labels: dict[str, int]
) -> Iterator[Fault]:
    shown = set()
    for block in page.directives("cards"):
        section = block.text
        if section in shown:
            text = f"the cards of '{section}' stand here twice; remove one"
            yield Fault(page.path, block.line, "S61", text)
        shown.add(section)
        if section not in sections:
            text = f"no card has section '{section}'; write one or remove this"
            yield Fault(page.path, block.line, "S61", text)
        elif labels.get(section, 0) > block.line:
            text = f"'({section})=' does not stand above its cards; put it there"
            yield Fault(page.path, block.line, "S61", text)


def _never_shown(
    chapter: Chapter, page: Page, sections: set[str], labels: dict[str, int]
) -> Iterator[Fault]:
    shown = {block.text for block in page.directives("cards")}
    for section in sorted(sections & labels.keys() - shown):
        text = f"shows no cards of {chapter.study} here; add '{{cards}} {section}'"
        yield Fault(page.path, labels[section], "S61", text)


RULES = (places,)
