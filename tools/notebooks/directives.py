"""Translates each directive of the closed list into plain Markdown or code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tools.notebooks.cells import OPTION
from tools.notebooks.context import Context
from tools.notebooks.html import summary
from tools.notebooks.inline import translate_inline
from tools.notebooks.pictures import data_url
from tools.notebooks.pieces import CodePiece, Piece, equation

Inside = Callable[[list[str], int], list[Piece]]


@dataclass(frozen=True)
class Directive:
    """A directive as it stands in a page; `line` is that of its fence."""

    name: str
    argument: str
    options: dict[str, str]
    body: list[str]
    line: int
    body_line: int
    context: Context
    nested: bool
    translate: Inside

    def inside(self) -> str:
        """Return the translated body."""
        pieces = self.translate(self.body, self.body_line)
        return "\n\n".join(piece for piece in pieces if isinstance(piece, str)).strip()

    def title(self, text: str) -> str:
        """Return `text`, a title in the first line, translated."""
        return translate_inline(text, self.line, self.context)


Translator = Callable[[Directive], Piece]


def translate_directive(
    name: str,
    argument: str,
    body: list[str],
    line: int,
    context: Context,
    nested: bool,
    inside: Inside,
) -> Piece:
    """Return what a directive whose fence is at `line` says in a notebook.

    `inside` translates the lines of its body from a line of the page on.

    Raises:
        SourceError: the directive or an option of it is not in the closed list.
    """
    if name not in DIRECTIVES:
        known = ", ".join(sorted(DIRECTIVES))
        context.fail(line, f"unknown directive {{{name}}}: a notebook knows {known}")
    translate, allowed = DIRECTIVES[name]
    options, taken = _options(body, line, context)
    for option in options:
        if option not in allowed:
            context.fail(
                line, f"{{{name}}} has an option ':{option}:' that it cannot have"
            )
    rest = body[taken:]
    return translate(
        Directive(
            name,
            argument,
            options,
            rest,
            line,
            line + 1 + taken,
            context,
            nested,
            inside,
        )
    )


def _options(
    body: list[str], line: int, context: Context
) -> tuple[dict[str, str], int]:
    """Return the options of a directive and the number of lines they take."""
    if body and body[0].strip() == "---":
        context.fail(line + 1, "write the options as ':name: value' lines")
    options: dict[str, str] = {}
    for taken, row in enumerate(body):
        found = OPTION.fullmatch(row.strip())
        if not found:
            return options, taken
        options[found["name"]] = found["value"].strip()
    return options, len(body)


def _quoted(title: str, text: str) -> str:
    """Return a quotation under a bold title."""
    rows = [f"**{title}**", *(["", *text.split("\n")] if text else [])]
    return "\n".join(f"> {row}".rstrip() for row in rows)


def _admonition(directive: Directive) -> Piece:
    """A box: its kind, or its own title, over a quotation."""
    if directive.name == "admonition":
        if not directive.argument:
            directive.context.fail(directive.line, "an admonition needs a title")
        title = directive.title(directive.argument)
        text = directive.inside()
    else:
        title = directive.name.capitalize()
        first = directive.title(directive.argument)
        text = f"{first}\n\n{directive.inside()}".strip()
    if "dropdown" in directive.options.get("class", "").split():
        return _details(title, text)
    return _quoted(title, text)


def _details(title: str, text: str, *, is_open: bool = False) -> str:
    """Return text that opens at a click."""
    tag = "<details open>" if is_open else "<details>"
    head = f"{tag}\n<summary>{summary(title)}</summary>"
    return f"{head}\n\n{text}\n\n</details>"


def _dropdown(directive: Directive) -> Piece:
    """Text that opens at a click."""
    title = directive.title(directive.argument or "Details")
    is_open = "open" in directive.options
    return _details(title, directive.inside(), is_open=is_open)


def _figure(directive: Directive) -> Piece:
    """A picture with its number and caption."""
    context, line = directive.context, directive.line
    url = data_url(directive.argument, line, context)
    picture = f"![{directive.options.get('alt', '')}]({url})"
    text = caption(directive.options.get("name", ""), directive.inside(), context)
    return f"{picture}\n\n{text}"


def caption(name: str, text: str, context: Context) -> str:
    """Return the caption of the figure called `name` under the number it has."""
    target = context.index.labels.get(name.lower())
    number = target.number if target and target.number else "Figure"
    return f"**{number}.** {text}"


def _maths(directive: Directive) -> Piece:
    """An equation."""
    tex = "\n".join(row.strip() for row in directive.body if row.strip())
    label = directive.options.get("label", "")
    return equation(tex, label, directive.line, directive.context, directive.nested)


def _list_table(directive: Directive) -> Piece:
    """A table written as a list of lists."""
    context = directive.context
    rows: list[list[tuple[int, list[str]]]] = []
    for line, row in enumerate(directive.body, start=directive.body_line):
        found = re.fullmatch(r"(?P<new>\*[ ]|[ ]{2})[ ]*-(?:[ ]+(?P<text>.*))?", row)
        if found:
            if found["new"].startswith("*"):
                rows.append([])
            elif not rows:
                context.fail(line, "a row of a list-table starts with '* -'")
            rows[-1].append((line, [found["text"] or ""]))
        elif row.strip():
            if not rows or not row.startswith("    "):
                context.fail(line, "a row of a list-table starts with '* -'")
            rows[-1][-1][1].append(row.strip())
    if not rows or len({len(cells) for cells in rows}) != 1:
        message = "the rows of this list-table have different numbers of cells"
        context.fail(directive.line, message)
    texts = [
        [translate_inline(" ".join(t), line, context).strip() for line, t in cells]
        for cells in rows
    ]
    if directive.options.get("header-rows", "0") == "0":
        texts.insert(0, [""] * len(texts[0]))
    elif directive.options["header-rows"] != "1":
        context.fail(directive.line, "a list-table has one header row, or none")
    texts.insert(1, ["---"] * len(texts[0]))
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in texts)
    title = directive.title(directive.argument)
    return f"**{title}**\n\n{table}" if title else table


def _study(directive: Directive) -> Piece:
    """The cards of a section, or the quiz of the page: a cell of their own."""
    context, line = directive.context, directive.line
    if directive.nested:
        message = f"{{{directive.name}}} must not stand inside another block"
        context.fail(line, message)
    if any(row.strip() for row in directive.body):
        context.fail(line, f"{{{directive.name}}} has no text of its own")
    call = f'quiz("{context.slug}")'
    if directive.name == "cards":
        if not directive.argument:
            context.fail(line, "{cards} needs the label of a section")
        call = f'cards("{context.slug}", section="{directive.argument}")'
    elif directive.argument:
        context.fail(line, "{quiz} takes nothing: it is the quiz of its page")
    return CodePiece(f"from utils import study\n\nstudy.{call}")


BOX = {"class", "name"}
DIRECTIVES: dict[str, tuple[Translator, set[str]]] = {
    "note": (_admonition, BOX),
    "tip": (_admonition, BOX),
    "warning": (_admonition, BOX),
    "important": (_admonition, BOX),
    "admonition": (_admonition, BOX),
    "dropdown": (_dropdown, {"open", "color", "icon", "animate", "name"}),
    "figure": (_figure, {"alt", "name", "width", "align", "figclass"}),
    "math": (_maths, {"label"}),
    "list-table": (_list_table, {"header-rows", "widths", "align", "name"}),
    "cards": (_study, set()),
    "quiz": (_study, set()),
}
"""The closed list: each directive with its translator and the options it may have."""
