"""Cards as pairs of a question and an answer, for programs that know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from _ext.study import marks


@dataclass(frozen=True)
class Pair:
    """One question with its answer, in Markdown, and the card that it comes from.

    `id` is the card's own, with a number where a card gives several pairs.
    """

    id: str
    front: str
    back: str
    card: dict[str, Any]


def pairs(card: dict[str, Any]) -> list[Pair]:
    """The pairs of a card: one an aspect of a comparison, one a number of a cloze."""
    return _KINDS[card["kind"]](card)


def back(card: dict[str, Any]) -> str:
    """The back of a card that has one; a formula is said in words too."""
    if card["kind"] == "formula":
        return f"{card['back'].rstrip()}\n\nIn words: {card['alt']}"
    return card["back"]


def answer(card: dict[str, Any], aspect: dict[str, Any]) -> str:
    """What each of the compared things has of an aspect."""
    named = zip(card["items"], aspect["values"], strict=True)
    return "\n".join(f"- **{item}**: {value}" for item, value in named)


def _plain(card: dict[str, Any]) -> list[Pair]:
    return [Pair(card["id"], card["front"], back(card), card)]


def _compare(card: dict[str, Any]) -> list[Pair]:
    return [
        Pair(
            f"{card['id']}-{number}",
            f"{card['front'].rstrip()}\n\n**{aspect['aspect']}**",
            answer(card, aspect),
            card,
        )
        for number, aspect in enumerate(card["aspects"], 1)
    ]


def _cloze(card: dict[str, Any]) -> list[Pair]:
    text, found = marks.tokenise(card["text"])
    places = [_place(text, i) for i in range(len(found))]
    made = []
    for number in sorted({blank.number for blank in found}):
        front, answers = text, []
        for i, (blank, place) in enumerate(zip(found, places, strict=True)):
            inside = place != "text"
            raw = blank.answer.strip("$`") if inside else blank.answer
            if blank.number == number:
                answers.append(_ALONE[place].format(raw))
                front = front.replace(marks.token(i), _GAPS[place])
            else:
                front = front.replace(marks.token(i), raw)
        made.append(Pair(f"{card['id']}-c{number}", front, "; ".join(answers), card))
    return made


_GAPS = {"text": r"\_\_\_\_", "formula": r"\square ", "code": "____"}
_ALONE = {"text": "{}", "formula": "${}$", "code": "`{}`"}


def _place(text: str, i: int) -> str:
    """Whether a blank stands in a formula, in code, or in the text."""
    if any(marks.token(i) in tex for tex in marks.formulas(text)):
        return "formula"
    return "code" if any(marks.token(i) in c for c in marks.codes(text)) else "text"


_KINDS = {
    "basic": _plain,
    "formula": _plain,
    "code": _plain,
    "compare": _compare,
    "cloze": _cloze,
}
