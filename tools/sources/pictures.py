"""S40 to S42: figures and widgets: named, captioned, told in words."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from tools.sources.course import Course
from tools.sources.drawing import Drawing, called_name, drawings, parse
from tools.sources.faults import Fault
from tools.sources.page import Page

EMPTY_WORDS = re.compile(
    r"\s*(?:(?:a|the|this)\s+)?(?:plot|graph|chart|figure|image|picture|diagram)s?\b",
    re.IGNORECASE,
)
ALT_WORDS = 5
CONTROLS = 2


def described(course: Course) -> Iterator[Fault]:
    """S40: every figure and widget has a name and a caption."""
    for chapter, page in (*course.lessons(), *course.answers()):
        for drawing in drawings(page):
            name, caption, _ = _texts(drawing)
            line = drawing.block.line
            if not name.startswith(f"fig-{chapter.slug}-"):
                text = f"needs a name 'fig-{chapter.slug}-…' (has '{name}'); add it"
                yield Fault(page.path, line, "S40", text)
            if not caption.strip():
                text = "has no caption; add one or two sentences"
                yield Fault(page.path, line, "S40", text)


def told_in_words(course: Course) -> Iterator[Fault]:
    """S41: a figure's alternative text tells the finding."""
    for page in course.notebooks():
        for drawing in drawings(page):
            if drawing.is_widget:
                continue  # a widget speaks its own sentence
            alt = _texts(drawing)[2].strip()
            line = drawing.block.line
            if not alt:
                text = "has no alternative text (mystnb.image.alt); tell the finding"
                yield Fault(page.path, line, "S41", text)
            elif EMPTY_WORDS.match(alt):
                text = f"'{alt[:25]}…' names the kind of picture; tell the finding"
                yield Fault(page.path, line, "S41", text)
            elif len(alt.split()) < ALT_WORDS:
                text = f"'{alt}' is too short; tell the finding in a sentence"
                yield Fault(page.path, line, "S41", text)


def _texts(drawing: Drawing) -> tuple[str, str, str]:
    """Return name, caption and alternative text."""
    block = drawing.block
    if block.kind == "directive":
        caption = " ".join(b.prose.text for b in block.children if b.prose)
        options = block.options
        return str(options.get("name", "")), caption, str(options.get("alt", ""))
    settings: dict[str, Any] = block.options.get("mystnb", {})
    figure, image = settings.get("figure", {}), settings.get("image", {})
    name, caption = str(figure.get("name", "")), str(figure.get("caption", ""))
    return name, caption, str(image.get("alt", ""))


def widgets(course: Course) -> Iterator[Fault]:
    """S42: a widget has one or two controls, a start, and ends its cell."""
    for _, page in course.lessons():
        for drawing in [d for d in drawings(page) if d.is_widget]:
            yield from _widget(page, drawing)


def _widget(page: Page, drawing: Drawing) -> Iterator[Fault]:
    given = [k.arg for k in drawing.explore.keywords]
    controls = [name for name in given if name not in ("start", None)]
    line = drawing.block.line
    if None not in given and not 1 <= len(controls) <= CONTROLS:
        text = f"{len(controls)} controls; a widget has one or {CONTROLS}"
        yield Fault(page.path, line, "S42", text)
    if "start" not in given:
        text = "no 'start={…}'; begin at an interesting case"
        yield Fault(page.path, line, "S42", text)
    last = parse(drawing.block).body[-1]
    is_last = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    if not is_last or called_name(last.value) != "explore":
        text = "explore(…) is not the last expression of its cell; move it to the end"
        yield Fault(page.path, line, "S42", text)


RULES = (described, told_in_words, widgets)
