"""Translates the blocks of a page: paragraphs, fences, equations, footnotes."""

from __future__ import annotations

import re
from functools import partial

from tools.notebooks.cells import fence_at, find_close
from tools.notebooks.context import Context
from tools.notebooks.directives import translate_directive
from tools.notebooks.inline import footnote, translate_inline
from tools.notebooks.pieces import Piece, equation

TARGET = re.compile(r"[ ]{0,3}\([^()\n]+\)=[ ]*")
COMMENT = re.compile(r"%.*")
MATHS = re.compile(r"(?P<indent>[ ]*)\$\$(?P<rest>.*)")
MATHS_END = re.compile(r"(?P<body>.*?)\$\$[ ]*(?:\((?P<label>[^()\s]+)\))?[ ]*")
NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]:\s*(?P<text>.*)")
DIRECTIVE = re.compile(r"\{(?P<name>[^{}\s]+)\}[ ]*(?P<argument>.*)")
REFUSED = {
    re.compile(r"[ ]{0,3}\[[^\]^]+\]:\s*\S"): "write the address in the link itself",
    re.compile(r"[ ]{0,3}\\begin\{"): "write the equation between '$$' lines",
    re.compile(r"[ ]{0,3}:\s+\S"): "a definition list cannot be translated",
    re.compile(r"[ ]{0,3}:[\w-]+:"): "a field list cannot be translated",
    re.compile(r"[ ]*>.*(`{3}|:{3})"): "a fenced block within a quotation",
}


def translate_blocks(
    lines: list[str], first_line: int, context: Context, *, nested: bool = False
) -> list[Piece]:
    """Return the pieces of `lines`, the first of which is `first_line` of the page.

    A piece is Markdown, or code that needs a cell of its own; blocks of Markdown
    that follow each other make one piece. `nested` says that the text goes into
    another block.

    Raises:
        SourceError: something that a notebook cannot show.
    """
    pieces: list[Piece] = []
    index = 0
    while index < len(lines):
        index, piece = _block(lines, index, first_line, context, nested)
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += f"\n\n{piece}" if piece else ""
        elif piece:
            pieces.append(piece)
    return pieces


def _block(
    lines: list[str], start: int, first_line: int, context: Context, nested: bool
) -> tuple[int, Piece]:
    """Return the index after the block at `lines[start]`, and its translation."""
    line = lines[start]
    if fence_at(line):
        return _fence(lines, start, first_line, context, nested)
    if MATHS.fullmatch(line):
        return _maths(lines, start, first_line, context, nested)
    if NOTE.fullmatch(line):
        return _note(lines, start, first_line, context)
    if _is_silent(line):
        return start + 1, ""
    end = start
    while end < len(lines) and not _starts_block(lines[end]):
        for pattern, message in REFUSED.items():
            if pattern.match(lines[end]):
                context.fail(first_line + end, message)
        end += 1
    text = "\n".join(row.rstrip() for row in lines[start:end])
    return end, translate_inline(text, first_line + start, context)


def _is_silent(line: str) -> bool:
    """Tell whether `line` is empty, a comment, or the label of what follows."""
    return not line.strip() or bool(TARGET.fullmatch(line) or COMMENT.fullmatch(line))


def _starts_block(line: str) -> bool:
    """Tell whether `line` ends the paragraph before it."""
    found = fence_at(line) or MATHS.fullmatch(line) or NOTE.fullmatch(line)
    return bool(found) or _is_silent(line)


def _fence(
    lines: list[str], start: int, first_line: int, context: Context, nested: bool
) -> tuple[int, Piece]:
    """Translate a directive; copy a block of code."""
    number = first_line + start
    opening = fence_at(lines[start])
    assert opening is not None
    indent = opening["indent"]
    end = find_close(lines, start, context.path, first_line)
    body = [row.removeprefix(indent) for row in lines[start : end + 1]]
    found = DIRECTIVE.fullmatch(opening["info"].strip())
    if found:
        name, argument = found["name"], found["argument"]
        inside = partial(translate_blocks, context=context, nested=True)
        piece = translate_directive(
            name, argument, body[1:-1], number, context, nested, inside
        )
    elif opening["marks"][0] == ":":
        context.fail(number, "a colon fence needs a name: ':::{note}'")
    else:
        piece = "\n".join(body)
    return end + 1, _indented(piece, indent) if isinstance(piece, str) else piece


def _note(
    lines: list[str], start: int, first_line: int, context: Context
) -> tuple[int, str]:
    """Translate the text of a footnote."""
    found = NOTE.fullmatch(lines[start])
    assert found is not None
    end = start + 1
    while end < len(lines) and re.match(r"[ ]{2,}\S", lines[end]):
        end += 1
    text = " ".join([found["text"], *(row.strip() for row in lines[start + 1 : end])])
    mark = footnote(found["name"], context)
    return end, f"{mark} {translate_inline(text, first_line + start, context)}"


def _indented(text: str, indent: str) -> str:
    """Indent every line of `text` that is not empty."""
    return "\n".join(indent + row if row else row for row in text.split("\n"))


def _maths(
    lines: list[str], start: int, first_line: int, context: Context, nested: bool
) -> tuple[int, str]:
    """Translate the equation between `$$` that starts at `lines[start]`."""
    found = MATHS.fullmatch(lines[start])
    assert found is not None
    body: list[str] = []
    row, end = found["rest"], start
    while not (close := MATHS_END.fullmatch(row)):
        end += 1
        if "$$" in row or end == len(lines):
            message = "this equation is not closed by a '$$' at the end of a line"
            context.fail(first_line + start, message)
        body.append(row)
        row = lines[end]
    body.append(close["body"])
    tex = "\n".join(row.strip() for row in body if row.strip())
    text = equation(tex, close["label"] or "", first_line + start, context, nested)
    return end + 1, _indented(text, found["indent"])
