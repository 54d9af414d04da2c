"""The body, the explanations and the data of each kind of question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes

from . import generate, marks
from .html import Html, element, phrases

if TYPE_CHECKING:
    from .markup import Context

LETTERS = "ABCDEF"


@dataclass
class Parts:
    """What a question consists of, besides what all have."""

    legend: list[nodes.Node]
    body: list[nodes.Node]
    reasons: list[nodes.Node]
    data: dict[str, Any] = field(default_factory=dict)


def build(item: dict[str, Any], context: Context) -> Parts:
    """The parts of one question."""
    return _KINDS[item["kind"]](item, context)


def shuffled(item_id: str, count: int) -> list[int]:
    """An order of `range(count)` fixed by the id, never the one it came in."""
    digest = [
        hashlib.sha256(f"{item_id} {i}".encode()).hexdigest() for i in range(count)
    ]
    order = sorted(range(count), key=digest.__getitem__)
    return order[1:] + order[:1] if order == sorted(order) else order


def _by_size(options: list[dict[str, Any]]) -> list[int]:
    """The order by size, if all options are numbers."""
    try:
        sizes = [float(option["text"].strip("`$ ")) for option in options]
    except ValueError:
        return []
    return sorted(range(len(sizes)), key=sizes.__getitem__)


def fill(
    made: list[nodes.Node],
    inline: Callable[[int], list[nodes.Node]],
    formula: Callable[[int], str],
    code: Callable[[int], str],
) -> None:
    """Replace the tokens of blanks, in place: in text, in formulas, in code."""
    holder = nodes.container("", *made)
    for leaf in list(holder.findall(nodes.Text)):
        text = leaf.astext()
        if not marks.TOKEN.search(text):
            continue
        parent = leaf.parent
        if isinstance(parent, nodes.math | nodes.math_block):
            swap = formula
        elif isinstance(parent, nodes.literal | nodes.literal_block):
            swap = code
        else:
            parent.replace(leaf, _split(text, marks.TOKEN, lambda m: inline(int(m))))
            continue
        new = marks.TOKEN.sub(lambda m, swap=swap: swap(int(m[1])), text)
        parent.replace(leaf, nodes.Text(new))
    made[:] = holder.children


def _split(
    text: str, pattern: Any, make: Callable[[str], list[nodes.Node]]
) -> list[nodes.Node]:
    """Text nodes with what `make` gives for the first group of each match."""
    made: list[nodes.Node] = []
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            made.append(nodes.Text(text[at : match.start()]))
        made += make(match[1])
        at = match.end()
    if at < len(text):
        made.append(nodes.Text(text[at:]))
    return made


def _prompt(blocks: list[nodes.Node]) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """The first paragraph is the legend; code, pictures, tables follow it."""
    first = next(
        (i for i, b in enumerate(blocks) if isinstance(b, nodes.paragraph)), None
    )
    if first is None:
        return [nodes.Text("What is right?")], blocks
    rest = blocks[:first] + blocks[first + 1 :]
    return phrases([blocks[first]]), rest


def _reason(key: str, verdict: str, because: list[nodes.Node], **html: Any) -> Html:
    lead = element("strong", nodes.Text(verdict), classes=["study-verdict"])
    return element("li", lead, nodes.Text(" "), *because, data_for=key, **html)


def _options(item: dict[str, Any], context: Context) -> Parts:
    legend, rest = _prompt(context.parse(item["prompt"]))
    box = "checkbox" if item["kind"] == "multi" else "radio"
    rows, reasons = [], []
    order = _by_size(item["options"]) or shuffled(item["id"], len(item["options"]))
    for letter, i in zip(LETTERS, order, strict=False):
        option = item["options"][i]
        right = option.get("correct", False)
        rows.append(
            element(
                "label",
                element("input", type=box, name=item["id"], value=letter),
                element("span", nodes.Text(letter), classes=["study-letter"]),
                element(
                    "span", *context.phrase(option["text"]), classes=["study-text"]
                ),
                classes=["study-option"],
            )
        )
        verdict = f"{letter} is {'right' if right else 'wrong'}."
        because = context.phrase(option["because"])
        reasons.append(
            _reason(letter, verdict, because, **({"data_right": True} if right else {}))
        )
    if box == "checkbox":
        hint = element("p", nodes.Text("Choose all that apply."))
        hint["classes"].append("study-hint")
        rest = [*rest, hint]
    options = element("div", *rows, classes=["study-options"])
    return Parts(legend, [*rest, options], reasons)


def _numeric(item: dict[str, Any], context: Context) -> Parts:
    unit = item.get("unit", "")
    data: dict[str, Any] = {"data_tolerance": item.get("tolerance", 0)}
    given: dict[str, str] = {}
    if "generate" in item:
        name, ranges = item["generate"]["function"], item["generate"]["ranges"]
        mistakes = [wrong["function"] for wrong in item.get("wrong", [])]
        drawn = generate.first_draw(item["id"], ranges, [name, *mistakes])
        answer = generate.function(name)(**drawn)
        given = {n: generate.show(v) for n, v in drawn.items()}
        data |= {"data_function": name, "data_ranges": json.dumps(ranges)}
    else:
        drawn, answer = {}, item["answer"]
    data["data_answer"] = generate.show(answer)
    given["answer"] = data["data_answer"]

    def parse(text: str, **more: str) -> list[nodes.Node]:
        return _given(context.parse(text), {**given, **more} if drawn else {})

    def result(value: str, name: str) -> list[nodes.Node]:
        shown = _value(name, value) if drawn else nodes.Text(value)
        return [shown, nodes.Text(f" {unit}" if unit else "")]

    legend, rest = _prompt(parse(item["prompt"]))
    entry = element("input", type="text", name=item["id"], inputmode="decimal", size=10)
    label = element("label", nodes.Text("Your answer "), entry)
    if unit:
        label += element("span", nodes.Text(f" {unit}"), classes=["study-unit"])
        data["data_unit"] = unit
    lead = element(
        "strong",
        nodes.Text("The answer is "),
        *result(data["data_answer"], "answer"),
        nodes.Text(". "),
        classes=["study-verdict"],
    )
    because = phrases(parse(item["because"]))
    reasons = [element("li", lead, *because, data_for="answer", data_right=True)]
    for wrong in item.get("wrong", []):
        if "function" in wrong:
            value = generate.show(generate.function(wrong["function"])(**drawn))
            html = {"data_function": wrong["function"]}
        else:
            value, html = generate.show(wrong["value"]), {}
        lead = element(
            "strong",
            *result(value, "wrong"),
            nodes.Text(" is wrong. "),
            classes=["study-verdict"],
        )
        because = phrases(parse(wrong["because"], wrong=value))
        reasons.append(
            element("li", lead, *because, data_for="wrong", data_value=value, **html)
        )
    entry_row = element("p", label, classes=["study-entry"])
    return Parts(legend, [*rest, entry_row], reasons, data)


def _value(name: str, value: str) -> Html:
    return element("span", nodes.Text(value), classes=["study-given"], data_name=name)


def _given(blocks: list[nodes.Node], given: dict[str, str]) -> list[nodes.Node]:
    """Put numbers for `{name}` into text and code, each in its own element."""
    if not given:
        return blocks
    pattern = marks.numbers(list(given))
    holder = nodes.container("", *blocks)
    for leaf in list(holder.findall(nodes.Text)):
        parent = leaf.parent
        if isinstance(parent, nodes.literal_block) or not pattern.search(leaf.astext()):
            continue
        made = _split(leaf.astext(), pattern, lambda name: [_value(name, given[name])])
        parent.replace(leaf, made)
    return list(holder.children)


def _order(item: dict[str, Any], context: Context) -> Parts:
    legend, rest = _prompt(context.parse(item["prompt"]))
    order = shuffled(item["id"], len(item["items"]))
    rows = [
        element(
            "li",
            element(
                "span",
                *context.phrase(item["items"][i]["text"]),
                classes=["study-text"],
            ),
            data_key=i + 1,
        )
        for i in order
    ]
    reasons = []
    for i, one in enumerate(item["items"], 1):
        text = element("span", *context.phrase(one["text"]))
        named = element("span", text, nodes.Text(": "), classes=["study-named"])
        because = [named, *context.phrase(one["because"])]
        reasons.append(_reason(str(i), f"{i}.", because))
    listing = element("ol", *rows, classes=["study-order"])
    return Parts(legend, [*rest, listing], reasons)


def _cloze(item: dict[str, Any], context: Context) -> Parts:
    text, found = marks.tokenise(item["text"])
    legend = context.phrase(item.get("prompt", "Fill in what is missing."))

    def entry(i: int) -> list[nodes.Node]:
        width = max(4, *(len(s) for s in found[i].spellings))
        return [
            element(
                "input",
                type="text",
                name=f"{item['id']}-{i + 1}",
                size=min(width + 1, 24),
                aria_label=f"Blank {i + 1}",
                classes=["study-blank"],
                data_accept=json.dumps(found[i].spellings, ensure_ascii=False),
            )
        ]

    body = context.parse(text)
    fill(body, entry, lambda i: r"\square", lambda i: "____")
    answers = "; ".join(" or ".join(blank.spellings) for blank in found)
    lead = element(
        "strong",
        nodes.Text("The answer is "),
        *context.phrase(answers),
        nodes.Text(". "),
        classes=["study-verdict"],
    )
    because = context.phrase(item["because"])
    reason = element("li", lead, *because, data_for="answer", data_right=True)
    return Parts(legend, body, [reason])


_KINDS: dict[str, Callable[[dict[str, Any], Context], Parts]] = {
    "single": _options,
    "multi": _options,
    "code": _options,
    "numeric": _numeric,
    "order": _order,
    "cloze": _cloze,
}
