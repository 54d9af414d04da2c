"""Whether an item is worded so that answering it teaches something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from _ext.study import marks
from _ext.study.source import Problem, Steps, Study

Item = dict[str, Any]
Fault = tuple[Steps, str]

WORDS = 40
"""What a back, or the text of a cloze, may hold."""

FRONT_WORDS = 30
CODE_LINES = 12
"""What is read before one can think: ten seconds hold no more."""

SENTENCES = 2
BLANKS = 3
"""Within these a card holds one fact."""

_YES_NO = re.compile(
    r"(?:is|are|was|were|am|do|does|did|can|could|should|would|will|has|have|had"
    r"|may|might|must)\b(?!.*\bor\b)[^?]*\?\s*$",
    re.I | re.DOTALL,
)
_SENTENCE = re.compile(r"(?<=[.?!:])\s+|,\s+|\n+")
_NUMBER = r"(?:three|four|five|six|seven|eight|nine|ten|\d+)"
_LIST = re.compile(
    r"^\s*(?:list|enumerate)\b"
    r"|\b(?:name|give|state|recall|list)\s+(?:me\s+)?(?:all|every|each"
    rf"|(?:the\s+)?{_NUMBER})\b"
    rf"|\bwhat are (?:all|the\s+{_NUMBER})\b",
    re.I,
)
_JOINED = re.compile(r"\band\s+(?:what|why|how|who|whom|when|where|which)\b", re.I)
_TRUE_FALSE = re.compile(r"\btrue or false\b", re.I)
_NEGATIVE = re.compile(r"\bwhich\b[^.?]*\b(?:not|never|except)\b[^.?]*\?", re.I)
_CODE = re.compile(r"```.*?```", re.DOTALL)
_INLINE = re.compile(r"`[^`]*`")
_FILLER = set(
    "a an the of in on at to for from by with and or is are was be it its this that as"
    " which what how when where why who does do not no than then one".split()
)


def check(study: Study, steps: Steps, item: Item) -> Iterator[Problem]:
    """Faults of the wording of one item."""
    rules = _card if steps[0] == "cards" else _question
    for further, message in rules(item):
        yield study.problem((*steps, *further), message)


def words(text: str) -> list[str]:
    """The words of a text; a formula counts as one, marks as none."""
    plain = re.sub(r"[*_`#>|]", " ", marks.outside_formulas(text))
    return re.findall(r"\w(?:[\w'\u2019.\-]*\w)?", plain)


def content_words(text: str) -> list[str]:
    """The words that carry the meaning, in small letters; formulas as their TeX."""
    tex = [re.sub(r"\s", "", t) for t in marks.formulas(text)]
    prose = marks.outside_formulas(text).replace(" formula ", " ")
    plain = [word.lower() for word in words(prose)]
    return [word for word in plain if word not in _FILLER] + tex


def _tells(question: str, answer: str) -> bool:
    """Whether all that matters in the answer stands in the question."""
    told, asked = set(content_words(question)), content_words(answer)
    return bool(asked) and all(word in told for word in asked)


def _sentences(text: str) -> int:
    """How many sentences a text has; what stands in code or a formula ends none."""
    prose = _INLINE.sub("code", marks.outside_formulas(_CODE.sub(" ", text)))
    return len(re.findall(r"[.?!](?:\s|$)", prose.strip()))


def _card(item: Item) -> Iterator[Fault]:
    if item["kind"] == "cloze":
        yield from _cloze(item)
        return
    yield from _front(item["front"])
    if item["kind"] == "compare":
        for i, aspect in enumerate(item["aspects"]):
            count = sum(len(words(value)) for value in aspect["values"])
            if count > WORDS:
                message = f"has {count} words: at most {WORDS}"
                yield ("aspects", i, "values"), message
        return
    front, back = item["front"], item["back"]
    if (count := len(words(back))) > WORDS:
        yield ("back",), f"has {count} words: at most {WORDS}; keep one fact"
    if (count := _sentences(back)) > SENTENCES:
        yield ("back",), f"has {count} sentences: at most {SENTENCES}; keep one fact"
    if re.match(r"\s*(yes|no)\b", back, re.I):
        yield ("back",), "begins with yes or no: ask what, why, how or which"
    if item["kind"] != "formula" and set(words(back)) == {"formula"}:
        yield ("back",), "is a formula: make the kind formula, which says it in words"
    if _tells(front, back) and not re.search(r"\bor\b", front):
        yield ("front",), "gives the answer away: all of the back stands in it"


def _front(front: str) -> Iterator[Fault]:
    prose = _CODE.sub(" ", front).strip()
    if any(_YES_NO.match(part) for part in _SENTENCE.split(prose)) or (
        _TRUE_FALSE.search(prose)
    ):
        yield ("front",), "can be answered by yes or no: ask what, why, how or which"
    if _LIST.search(prose):
        yield ("front",), "asks for a list: make one card of each fact"
    if prose.count("?") > 1 or _JOINED.search(prose):
        yield ("front",), "asks more than one thing: split it"
    if (count := len(words(prose))) > FRONT_WORDS:
        message = f"has {count} words: at most {FRONT_WORDS}, to be read at a glance"
        yield ("front",), message
    for block in _CODE.findall(front):
        if (count := len(block.strip().splitlines()) - 2) > CODE_LINES:
            message = f"has {count} lines of code: at most {CODE_LINES}"
            yield ("front",), message


def _cloze(item: Item) -> Iterator[Fault]:
    try:
        text, found = marks.tokenise(item["text"])
    except ValueError:
        return  # content.py says so
    if len(found) > BLANKS:
        message = f"has {len(found)} blanks: at most {BLANKS}; keep one fact"
        yield ("text",), message
    rest = marks.TOKEN.sub(" ", text)
    for blank in found:
        if any(_tells(rest, spelling) for spelling in blank.spellings):
            message = f"gives the answer {blank.answer!r} away outside its blank"
            yield ("text",), message
    if (count := len(words(rest)) + len(found)) > WORDS:
        yield ("text",), f"has {count} words: at most {WORDS}; keep one fact"


def _question(item: Item) -> Iterator[Fault]:
    if item["kind"] == "cloze":
        yield from _cloze(item)
    if item["kind"] == "numeric" and not item.get("wrong"):
        yield ("wrong",), "is missing: name at least one typical mistake"
    if "options" in item:
        yield from _options(item)


def _options(item: Item) -> Iterator[Fault]:
    prompt = _CODE.sub(" ", item["prompt"])
    if _NEGATIVE.search(prompt):
        yield ("prompt",), "asks for what is not so: then no wrong option is a mistake"
    wrong = [o for o in item["options"] if not o.get("correct")]
    longest = max((len(words(o["text"])) for o in wrong), default=0)
    for i, option in enumerate(item["options"]):
        for field in ("text", "because"):
            if re.search(r"\b(?i:option|answer|choice)\s+[A-F]\b", option[field]):
                message = "names an option by its letter: options are shuffled"
                yield ("options", i, field), message
        if item["kind"] == "multi" or not option.get("correct"):
            continue
        if wrong and len(words(option["text"])) > max(2 * longest, 5):
            message = "its length gives it away: say less, or more in the wrong ones"
            yield ("options", i, "text"), message
        if _tells(prompt, option["text"]) and not any(
            _tells(prompt, other["text"]) for other in wrong
        ):
            yield ("prompt",), "gives the answer away: the right option stands in it"
