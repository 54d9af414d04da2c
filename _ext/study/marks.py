"""The two marks in study texts: blanks `{{c1::answer}}` and numbers `{n}`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_OPEN = re.compile(r"\{\{c(\d+)::")
_FORMULA = re.compile(r"(?<!\\)(\$\$?)(.+?)(?<!\\)\1", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True)
class Blank:
    """One blank: its number, the accepted spellings, and where it stands."""

    number: int
    spellings: tuple[str, ...]
    start: int
    end: int

    @property
    def answer(self) -> str:
        """The spelling that is shown."""
        return self.spellings[0]


def blanks(text: str) -> list[Blank]:
    """The blanks of a text; braces inside an answer must balance.

    Raises ValueError for a blank that is never closed or is empty.
    """
    found, at = [], 0
    while opening := _OPEN.search(text, at):
        depth, i = 0, opening.end()
        while i < len(text) and not (depth == 0 and text.startswith("}}", i)):
            depth += {"{": 1, "}": -1}.get(text[i], 0)
            i += 1
        answer = text[opening.end() : i]
        if i == len(text):
            raise ValueError(f"{opening[0]} is never closed: end it with }}}}")
        spellings = tuple(s.strip() for s in _alternatives(answer))
        if not all(spellings):
            raise ValueError(f"{opening[0]} has an empty answer")
        at = i + 2
        found.append(Blank(int(opening[1]), spellings, opening.start(), at))
    return found


def _alternatives(answer: str) -> list[str]:
    """Split at `|`, but not inside a formula or code."""
    kept = [m.span() for m in (*_FORMULA.finditer(answer), *_CODE.finditer(answer))]
    cuts = [
        i
        for i, c in enumerate(answer)
        if c == "|" and not any(a <= i < b for a, b in kept)
    ]
    edges = [-1, *cuts, len(answer)]
    return [answer[a + 1 : b] for a, b in itertools.pairwise(edges)]


def token(i: int) -> str:
    """The word that stands for blank number `i` while the text is parsed."""
    return f"studyblank{i}x"


TOKEN = re.compile(r"studyblank(\d+)x")


def tokenise(text: str) -> tuple[str, list[Blank]]:
    """Replace each blank by its token, so that Markdown can be parsed around it."""
    found = blanks(text)
    pieces, at = [], 0
    for i, blank in enumerate(found):
        pieces += [text[at : blank.start], token(i)]
        at = blank.end
    return "".join([*pieces, text[at:]]), found


def formulas(text: str) -> list[str]:
    """The TeX of the formulas in a text (code is left out)."""
    return [m[2] for m in _FORMULA.finditer(_CODE.sub(" ", text))]


def codes(text: str) -> list[str]:
    """The inline code in a text."""
    return [m[2] for m in _CODE.finditer(text)]


def outside_formulas(text: str) -> str:
    """The text with each formula replaced by one neutral word."""
    return _FORMULA.sub(" formula ", text)


def numbers(names: list[str]) -> re.Pattern[str]:
    """A pattern that finds `{name}` for each of these names."""
    return re.compile(r"\{(" + "|".join(map(re.escape, names)) + r")\}")
