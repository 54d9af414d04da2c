"""Translates running text: roles, links, footnotes; copies code and mathematics."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urldefrag

from tools.notebooks.context import Context
from tools.notebooks.pictures import data_url
from tools.notebooks.roles import translate_role

ROLE = re.compile(r"\{(?P<name>[A-Za-z][\w:-]*)\}(?P<ticks>`+)")
AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]*>")
HTML = re.compile(r"</?[A-Za-z!?]|<!")
LINK = re.compile(
    r"\]\(\s*(?P<target><[^<>\n]*>|[^()\s]*)(?P<title>\s+\"[^\"]*\")?\s*\)"
)
FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")


def translate_inline(text: str, line: int, context: Context) -> str:
    """Return `text`, which starts at `line` of the page, as plain Markdown.

    Raises:
        SourceError: a role outside the closed list, a reference that leads nowhere,
            raw HTML, or a substitution.
    """
    out: list[str] = []
    position = 0
    while position < len(text):
        here = line + text.count("\n", 0, position)
        taken, new = _next_piece(text, position, here, context)
        out.append(new)
        position += taken
    return "".join(out)


def _next_piece(text: str, start: int, line: int, context: Context) -> tuple[int, str]:
    """Return how many characters the piece at `start` takes, and its translation."""
    char = text[start]
    if char == "\\":
        return 2, text[start : start + 2]
    if char == "`":
        return _copy(_code_span(text, start))
    if char == "$":
        return _copy(_maths(text, start))
    if char == "{":
        return _brace(text, start, line, context)
    if char == "<":
        if found := AUTOLINK.match(text, start):
            return _copy(found[0])
        if HTML.match(text, start):
            context.fail(line, f"raw HTML '{text[start : start + 12]}…': use Markdown")
    if char == "!" and text.startswith("![", start):
        return _image(text, start, line, context)
    if char == "]" and (found := LINK.match(text, start)):
        target = _link(found["target"].strip("<>"), line, context)
        return len(found[0]), f"]({target}{found['title'] or ''})"
    if char == "[" and (found := FOOTNOTE.match(text, start)):
        return len(found[0]), footnote(found["name"], context)
    return 1, char


def footnote(name: str, context: Context) -> str:
    """Return the mark of the footnote `name`, numbered in order of first use."""
    number = context.footnotes.setdefault(name, len(context.footnotes) + 1)
    return f"<sup>{number}</sup>"


def _copy(piece: str) -> tuple[int, str]:
    """Take `piece` as it stands."""
    return len(piece), piece


def _code_span(text: str, start: int) -> str:
    """Return the code span at `start`, or its backticks if they are never closed."""
    ticks = re.match(r"`+", text[start:])[0]
    close = re.compile(rf"(?<!`){ticks}(?!`)").search(text, start + len(ticks))
    return text[start : close.end()] if close else ticks


def _maths(text: str, start: int) -> str:
    """Return the formula at `start`, or the dollar sign if it is never closed."""
    marks = "$$" if text.startswith("$$", start) else "$"
    position = start + len(marks)
    while (position := text.find(marks, position)) != -1:
        if text[position - 1] != "\\":
            return text[start : position + len(marks)]
        position += 1
    return marks


def _brace(text: str, start: int, line: int, context: Context) -> tuple[int, str]:
    """Translate the role at `start`; refuse a substitution; copy any other brace."""
    if text.startswith("{{", start):
        context.fail(line, "a substitution '{{…}}' cannot be translated: write it out")
    found = ROLE.match(text, start)
    if not found:
        return 1, "{"
    span = _code_span(text, found.start("ticks"))
    ticks = found["ticks"]
    if len(span) <= len(ticks):
        context.fail(line, f"the role {found[0]} is never closed")
    content = " ".join(span[len(ticks) : -len(ticks)].split())
    taken = found.start("ticks") - start + len(span)
    return taken, translate_role(found["name"], content, line, context)


def _image(text: str, start: int, line: int, context: Context) -> tuple[int, str]:
    """Translate an image: the notebook carries the picture in itself."""
    close = text.find("](", start)
    found = LINK.match(text, close) if close != -1 else None
    if not found:
        return 1, "!"
    alt = text[start + 2 : close]
    url = data_url(found["target"].strip("<>"), line, context)
    return found.end() - start, f"![{alt}]({url})"


def _link(target: str, line: int, context: Context) -> str:
    """Return the address that a Markdown link leads to from outside the site."""
    if re.match(r"[a-z]+:", target):
        return target
    page, anchor = urldefrag(target)
    if not page:
        found = context.index.labels.get(anchor.lower())
        if not found:
            context.fail(line, f"'#{anchor}' is no label of the book's last build")
        return f"{context.site}/{found.page}.html#{found.anchor}"
    name = page.removesuffix(".md")
    folder = posixpath.dirname(context.page)
    name = name[1:] if name.startswith("/") else posixpath.join(folder, name)
    name = posixpath.normpath(name)
    if name not in context.index.pages:
        context.fail(
            line, f"the link leads to '{target}', which is no page of the book"
        )
    return f"{context.site}/{name}.html" + (f"#{anchor}" if anchor else "")
