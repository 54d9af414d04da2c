"""Decks for Emacs with org-drill: one entry a pair, known by its `:ID:` for ever.

A cloze becomes a question with a gap. org-drill's own clozes need a delimiter that
text never holds, but org-drill 2.7 reads its delimiters before the variables of a
file, so that only `[…]` works without the learner's doing something first. Hence,
too, the wide brackets in questions: what stood in `[…]` would be hidden.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from tools.decks.chapters import Chapter
from tools.decks.markdown import Dialect, write
from tools.decks.pairs import pairs


def deck(title: str, chapters: list[Chapter]) -> str:
    """The org file of some chapters."""
    parts = [f"#+title: {title}\n#+options: ^:{{}}\n"]
    for chapter in chapters:
        parts.append(f"* {chapter.title}\n")
        made = [pair for card in chapter.cards for pair in pairs(card)]
        for number, pair in enumerate(made, 1):
            tags = f":drill:{pair.card['topic']}:{pair.card['level']}:"
            parts.append(
                f"** {chapter.title} {number} {tags}\n"
                f":PROPERTIES:\n:ID: {pair.id}\n:END:\n"
                f"{write(pair.front, QUESTION)}\n"
                f"*** Answer\n{write(pair.back, ANSWER)}\n"
                f"*** Notes\n{_notes(pair.card, chapter)}\n"
            )
    return "".join(parts)


def _notes(card: dict[str, Any], chapter: Chapter) -> str:
    lines = [f"Why it matters: {write(card['why'], ANSWER)}"]
    place = f"[[{chapter.address}#{card['section']}][{_plain(chapter.title)}]]"
    lines.append(f"Taught in {place}.")
    if card["source"] in chapter.sources:
        lines.append(f"Source: {_plain(chapter.sources[card['source']])}")
    return "\n\n".join(lines)


def _plain(text: str) -> str:
    """Text that starts neither a heading nor a keyword, nor a link."""
    text = re.sub(r"^(?=[*#])", "\u200b", text)
    return text.replace("[[", "[\u200b[").replace("]]", "]\u200b]")


def _marked(mark: str) -> Any:
    return lambda s: f"{mark}{s}{mark}"


def _code(code: str) -> str:
    return f"={code}=" if "~" in code else f"~{code}~"


def _math(tex: str, display: bool) -> str:
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{' '.join(tex.split())}{right}"


def _fence(code: str, language: str) -> str:
    # Org takes a line with a star or a keyword for its own, unless a comma leads it.
    body = re.sub(r"^(?=,*(?:\*|#\+))", ",", code, flags=re.MULTILINE)
    return f"#+begin_src {language or 'text'}\n{body}\n#+end_src"


def _items(items: list[str], numbered: bool) -> str:
    lead = "{}. " if numbered else "- "
    return "\n".join(
        lead.format(i) + item.replace("\n", "\n  ") for i, item in enumerate(items, 1)
    )


ANSWER = Dialect(
    text=_plain,
    em=_marked("/"),
    strong=_marked("*"),
    code=_code,
    math=_math,
    link=lambda s, address: f"[[{address}][{s}]]",
    fence=_fence,
    paragraph=lambda s: s,
    items=_items,
    join="\n\n".join,
)


def _wide(text: str) -> str:
    return text.replace("[", "\uff3b").replace("]", "\uff3d")


QUESTION = dataclasses.replace(
    ANSWER,
    text=lambda s: _wide(_plain(s)),
    code=lambda s: _wide(_code(s)),
    link=lambda s, address: s,
)
