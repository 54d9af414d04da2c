"""Plain text with a tab between question and answer, one pair a line.

Every program with cards reads that, so there is nothing else in the file: no header,
no markup, no quotes but where a line begins with a sign that Anki would misread. One
`<eos>` makes Anki take the whole file for HTML, so what looks like a tag is parted by
a sign of no width, and in formulas by a space.
"""

from __future__ import annotations

import re

from tools.decks.chapters import Chapter
from tools.decks.markdown import Dialect, write
from tools.decks.pairs import pairs

LINE_BREAK = " ⏎ "


def deck(chapters: list[Chapter]) -> str:
    """The text file of some chapters."""
    rows = [
        f"{_field(write(pair.front, PLAIN))}\t{_field(write(pair.back, PLAIN))}\n"
        for chapter in chapters
        for card in chapter.cards
        for pair in pairs(card)
    ]
    return "".join(rows)


def _field(text: str) -> str:
    text = text.replace("\t", "    ")
    if text.startswith(('"', "#")):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


def _no_tag(text: str, joint: str = "\u2060") -> str:
    return re.sub(r"<(?=[A-Za-z/!])", f"<{joint}", text)


def _math(tex: str, display: bool) -> str:
    return rf"\({_no_tag(' '.join(tex.split()), ' ')}\)"


def _fence(code: str, language: str) -> str:
    return _no_tag(code).replace("\n", LINE_BREAK)


PLAIN = Dialect(
    text=_no_tag,
    em=lambda s: s,
    strong=lambda s: s,
    code=_no_tag,
    math=_math,
    link=lambda s, address: s,
    fence=_fence,
    paragraph=lambda s: s,
    items=lambda items, numbered: "; ".join(items),
    join=LINE_BREAK.join,
)
