"""Whether an item is worded so that answering it teaches something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from _ext.study import marks
from _ext.study.source import Problem, Steps, Study

Item = dict[str, Any]
Fault = tuple[Steps, str]

WORDS = 40
ROLES = ("term", "ref", "doc", "kbd", "abbr")

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
_ROLE = re.compile(r"\{([A-Za-z:]+)\}`([^`]*)`")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(<?([^)\s>]*)")
_HTML = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.I)
_DIRECTIVE = re.compile(r"^(?:`{3,}|:{3,})\{", re.MULTILINE)
_BARE_FENCE = re.compile(r"^```\s*\n.*?^```", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s|^\s*\||^#", re.MULTILINE)
_LITERAL = re.compile(r"```.*?```|(?<![}`])`[^`]+`", re.DOTALL)
_FILLER = set(
    "a an the of in on at to for from by with and or is are was be it its this that as"
    " which what how when where why who does do not no than then one".split()
)


def check(study: Study, steps: Steps, item: Item) -> Iterator[Problem]:
    """Faults of the wording of one item."""
    rules = _card if steps[0] == "cards" else _question
    for further, message in (*rules(item), *_markup(item)):
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


def _card(item: Item) -> Iterator[Fault]:
    if item["kind"] == "cloze":
        yield from _cloze(item)
        return
    front = item["front"]
    prose = re.sub(r"```.*?```", " ", front, flags=re.DOTALL).strip()
    if any(_YES_NO.match(part) for part in _SENTENCE.split(prose)):
        yield ("front",), "can be answered by yes or no: ask what, why, how or which"
    if _LIST.search(prose):
        yield ("front",), "asks for a list: make one card of each fact"
    if prose.count("?") > 1:
        yield ("front",), "asks more than one thing: split it"
    if item["kind"] == "compare":
        for i, aspect in enumerate(item["aspects"]):
            count = sum(len(words(value)) for value in aspect["values"])
            if count > WORDS:
                message = f"has {count} words: at most {WORDS}"
                yield ("aspects", i, "values"), message
        return
    back = item["back"]
    if (count := len(words(back))) > WORDS:
        yield ("back",), f"has {count} words: at most {WORDS}; keep one fact"
    if re.match(r"\s*(yes|no)\b", back, re.I):
        yield ("back",), "begins with yes or no: ask what, why, how or which"
    if _tells(front, back) and not re.search(r"\bor\b", front):
        yield ("front",), "gives the answer away: all of the back stands in it"


def _cloze(item: Item) -> Iterator[Fault]:
    try:
        text, found = marks.tokenise(item["text"])
    except ValueError:
        return  # content.py says so
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
    for i, option in enumerate(item.get("options", [])):
        for field in ("text", "because"):
            if re.search(r"\b(?i:option|answer|choice)\s+[A-F]\b", option[field]):
                message = "names an option by its letter: options are shuffled"
                yield ("options", i, field), message


def texts(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Every text of an item with the steps to it."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from texts(one, (*steps, i))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, (*steps, name))


_NAMES = {"id", "kind", "topic", "level", "section", "source", "tests", "generate"}
_BLOCKS = {"back", "prompt"}  # fields that may hold more than a paragraph


def _markup(item: Item) -> Iterator[Fault]:
    """What page and notebook cannot both show."""
    for steps, text in texts({k: v for k, v in item.items() if k not in _NAMES}):
        if _BARE_FENCE.search(text):
            yield steps, "a fenced block names its language: ```python"
        if _DIRECTIVE.search(text):
            yield steps, "holds a directive: only text, formulas and fenced code"
        bare = _LITERAL.sub(" ", text)
        for name, inside in _ROLE.findall(bare):
            if name not in ROLES:
                message = f"{{{name}}} cannot stand here: use {', '.join(ROLES)}"
                yield steps, message
            elif name in ("ref", "doc") and "<" not in inside:
                yield steps, f"{{{name}}} needs its own text: {{{name}}}`text <…>`"
        bare = _ROLE.sub(" ", bare)
        if _HTML.search(marks.outside_formulas(bare)):
            yield steps, "holds HTML: use Markdown"
        for alt, address in _IMAGE.findall(bare):
            if len(alt.split()) < 3:
                message = "a picture needs an alt text that says what is to be seen"
                yield steps, message
            if urlsplit(address).netloc:
                yield steps, "a picture comes from another host: keep it in the course"
        if len(steps) == 1 and steps[0] in _BLOCKS:
            continue
        if _BLOCK.search(bare):
            yield steps, "holds a list, table or heading: write one short text"
