"""Whether page, notebook and the exported decks can all show an item's texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from _ext.study import marks
from _ext.study.source import Problem, Steps, Study

Item = dict[str, Any]
Fault = tuple[Steps, str]

ROLES = ("term", "ref", "doc", "kbd", "abbr")

_ROLE = re.compile(r"\{([A-Za-z:]+)\}`([^`]*)`")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(<?([^)\s>]*)")
_HTML = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.I)
_DIRECTIVE = re.compile(r"^(?:`{3,}|:{3,})\{", re.MULTILINE)
_BARE_FENCE = re.compile(r"^```\s*\n.*?^```", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s|^\s*\||^#", re.MULTILINE)
_LITERAL = re.compile(r"```.*?```|(?<![}`])`[^`]+`", re.DOTALL)

_NAMES = {"id", "kind", "topic", "level", "section", "source", "tests", "generate"}
"""Fields that no learner reads."""


def check(study: Study, steps: Steps, item: Item) -> Iterator[Problem]:
    """Faults of the markup of one item."""
    for further, message in _markup(item, is_card=steps[0] == "cards"):
        yield study.problem((*steps, *further), message)


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


def _markup(item: Item, *, is_card: bool) -> Iterator[Fault]:
    if re.search(r"[$\\]", item.get("alt", "")):
        yield ("alt",), "is read aloud: say the formula in words, without TeX"
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
        if steps != ("prompt",) and _BLOCK.search(bare):
            message = "holds a list, table or heading: write one short text"
            if is_card and steps == ("back",):
                message = "holds a list: make one card of each fact"
            yield steps, message
