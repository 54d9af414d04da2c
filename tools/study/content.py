"""Whether an item can be shown and answered: options, numbers, blanks, tables."""

from __future__ import annotations

import inspect
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from _ext.study import generate, marks
from _ext.study.source import Problem, Steps, Study

Item = dict[str, Any]
Fault = tuple[Steps, str]

_FENCED = re.compile(r"^```", re.MULTILINE)


def check(study: Study, steps: Steps, item: Item) -> Iterator[Problem]:
    """Faults of one item that has the right form."""
    group = "card" if steps[0] == "cards" else "quiz"
    for rule in _RULES.get((group, item["kind"]), ()):
        for further, message in rule(item):
            yield study.problem((*steps, *further), message)


def _one_right(item: Item) -> Iterator[Fault]:
    right = sum(option.get("correct", False) for option in item["options"])
    if right != 1:
        yield ("options",), f"{right} are marked correct: mark exactly one"


def _some_right(item: Item) -> Iterator[Fault]:
    right = sum(option.get("correct", False) for option in item["options"])
    if right in (0, len(item["options"])):
        message = f"{right} are marked correct: there must be right and wrong ones"
        yield ("options",), message


def _own_words(item: Item) -> Iterator[Fault]:
    name = "options" if "options" in item else "items"
    for field in ("text", "because"):
        counted = Counter(one[field].strip() for one in item[name])
        for i, one in enumerate(item[name]):
            if counted[one[field].strip()] > 1:
                what = "explanation" if field == "because" else "text"
                yield (name, i, field), f"another one has the same {what}"


_CATCH_ALL = re.compile(r"\b(all|none|both) of (the above|these|them)\b", re.I)


def _no_catch_all(item: Item) -> Iterator[Fault]:
    for i, option in enumerate(item["options"]):
        if _CATCH_ALL.search(option["text"]):
            message = "options are shuffled and stand alone: say what it means"
            yield ("options", i, "text"), message


def _has_code(field: str) -> Any:
    def rule(item: Item) -> Iterator[Fault]:
        if not _FENCED.search(item[field]):
            yield (field,), "kind code shows code: add a fenced block"

    return rule


def _formula(item: Item) -> Iterator[Fault]:
    if not marks.formulas(item["back"]):
        yield ("back",), "kind formula needs a formula: write it as $…$"


def _compare(item: Item) -> Iterator[Fault]:
    for i, aspect in enumerate(item["aspects"]):
        have, need = len(aspect["values"]), len(item["items"])
        if have != need:
            message = f"holds {have}: one for each of the {need} items"
            yield ("aspects", i, "values"), message


def _blanks(item: Item) -> Iterator[Fault]:
    try:
        found = marks.blanks(item["text"])
    except ValueError as error:
        yield ("text",), str(error)
        return
    if not found:
        yield ("text",), "has no blank: write {{c1::answer}}"


def _typed_blanks(item: Item) -> Iterator[Fault]:
    try:
        text, found = marks.tokenise(item["text"])
    except ValueError:
        return
    for i, blank in enumerate(found):
        if not re.search(rf"\b{marks.token(i)}\b", _plain(text)):
            message = "a blank cannot stand inside a formula or code: ask in words"
            yield ("text",), message
        for spelling in blank.spellings:
            if re.search(r"[$`\\]", spelling):
                message = f"{spelling!r} cannot be typed: ask for a word or a number"
                yield ("text",), message


def _plain(text: str) -> str:
    """The text without its formulas and code."""
    return re.sub(r"`[^`]*`", " ", marks.outside_formulas(text))


def _fixed(item: Item) -> Iterator[Fault]:
    if "generate" in item:
        return
    for i, wrong in enumerate(item.get("wrong", [])):
        if "function" in wrong:
            message = "only a generated question has one: give a value"
            yield ("wrong", i, "function"), message
        elif abs(wrong["value"] - item["answer"]) <= item.get("tolerance", 0):
            yield ("wrong", i, "value"), f"{wrong['value']} counts as right"


def _generated(item: Item) -> Iterator[Fault]:
    if "generate" not in item:
        return
    ranges = item["generate"]["ranges"]
    empty = [
        name
        for name, (low, high, step) in (
            (name, (*bounds, 1)[:3]) for name, bounds in ranges.items()
        )
        if low >= high or step <= 0
    ]
    for name in empty:
        message = "must be [low, high] or [low, high, step] with low < high, step > 0"
        yield ("generate", "ranges", name), message
    functions = [(("generate", "function"), item["generate"]["function"])]
    for i, wrong in enumerate(item.get("wrong", [])):
        if "value" in wrong:
            message = "the numbers change: name a function of the mistake"
            yield ("wrong", i, "value"), message
        else:
            functions.append((("wrong", i, "function"), wrong["function"]))
    faults = [f for where, name in functions for f in _callable(where, name, ranges)]
    yield from faults
    if empty or faults:
        return
    draws = list(generate.draws(ranges))
    answers = list(_results(functions[0][1], draws))
    for where, name in functions:
        results = list(_results(name, draws))
        bad = next((d for d, r in zip(draws, results, strict=True) if r is None), None)
        if bad:
            yield where, f"{name} has no finite answer for {bad}: narrow the ranges"
        elif where[0] == "wrong" and results == answers:
            yield where, f"{name} is never wrong within these ranges"
    if len(draws) < 10:
        yield ("generate", "ranges"), f"gives only {len(draws)} draws: widen it"
    yield from _placeholders(item, list(ranges))


def _callable(where: Steps, name: str, ranges: dict[str, Any]) -> Iterator[Fault]:
    found = generate.function(name)
    if found is None:
        known = ", ".join(generate.names())
        yield where, f"{name} is not in utils/study/generators.py, which has {known}"
        return
    try:
        inspect.signature(found).bind(**dict.fromkeys(ranges, 1))
    except TypeError as error:
        yield ("generate", "ranges"), f"{name}: {error}"


def _results(name: str, draws: list[dict[str, float]]) -> Iterator[float | None]:
    for drawn in draws:
        try:
            result = generate.function(name)(**drawn)
        except (ArithmeticError, ValueError):
            result = math.nan
        yield result if math.isfinite(result) else None


# \frac{n}{k}, x^{n}: braces that belong to TeX
_ARGUMENTS = re.compile(r"(?:\\[A-Za-z]+|[_^])\s*(?:\[[^]]*\])?(?:\{[^{}]*\})+")


def _placeholders(item: Item, names: list[str]) -> Iterator[Fault]:
    prompt = item["prompt"]
    for name in names:
        if f"{{{name}}}" not in marks.outside_formulas(prompt):
            message = f"does not tell {{{name}}} (a place outside formulas)"
            yield ("prompt",), message
    pattern = marks.numbers([*names, "answer", "wrong"])
    texts = [(("prompt",), prompt), (("because",), item["because"])]
    texts += [
        (("wrong", i, "because"), wrong["because"])
        for i, wrong in enumerate(item.get("wrong", []))
    ]
    for where, text in texts:
        for tex in marks.formulas(text):
            if pattern.search(_ARGUMENTS.sub("", tex)):
                message = "a number cannot be put into a formula: write it outside $…$"
                yield where, message
        if "{answer}" in text and where == ("prompt",):
            yield where, "tells the answer: remove {answer}"
        if "{wrong}" in text and where[0] != "wrong":
            yield where, "{wrong} means something only in the because of a wrong result"


_CHOICE = (_own_words, _no_catch_all)
_RULES = {
    ("card", "formula"): (_formula,),
    ("card", "compare"): (_compare,),
    ("card", "cloze"): (_blanks,),
    ("card", "code"): (_has_code("front"),),
    ("quiz", "single"): (_one_right, *_CHOICE),
    ("quiz", "code"): (_one_right, *_CHOICE, _has_code("prompt")),
    ("quiz", "multi"): (_some_right, *_CHOICE),
    ("quiz", "order"): (_own_words,),
    ("quiz", "numeric"): (_fixed, _generated),
    ("quiz", "cloze"): (_blanks, _typed_blanks),
}
