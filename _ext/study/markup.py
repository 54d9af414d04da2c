"""Cards and questions as document nodes: the one markup of page and notebook.

Everything works without a script: a card is `<details>`, a question is a form whose
answer and explanations stand in `<details>` below it. The scripts add the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes

from . import marks, questions
from .html import Html, element, phrases

Parse = Callable[[str], list[nodes.Node]]


class Context:
    """What the surroundings give: how to parse a text, and two kinds of link."""

    def __init__(
        self,
        parse: Parse,
        taught: Callable[[str], list[nodes.Node]] = lambda label: [],
        cited: Callable[[str], list[nodes.Node]] = lambda key: [],
    ) -> None:
        """`taught` links a section label, `cited` a bibliography key."""
        self.parse, self.taught, self.cited = parse, taught, cited

    def phrase(self, text: str) -> list[nodes.Node]:
        """A text as inline nodes, for places that hold no blocks."""
        return phrases(self.parse(text))

    def notes(self, item: dict[str, Any], *, link: bool) -> list[nodes.Node]:
        """Why it matters, where it is taught, where it comes from."""
        why = [nodes.inline("", "Why it matters: ", classes=["study-lead"])]
        lines = [element("p", *why, *self.phrase(item["why"]), classes=["study-why"])]
        where = self.taught(item["section"]) if link else []
        if where:
            place = [nodes.Text("Taught in "), *where, nodes.Text(".")]
            lines.append(element("p", *place))
        source = [] if item["source"] == "chapter" else self.cited(item["source"])
        if source:
            lines.append(element("p", nodes.Text("Source: "), *source))
        return [element("div", *lines, classes=["study-notes"])]


def deck(cards: list[dict[str, Any]], context: Context) -> Html:
    """The cards of one section, one `<details>` each."""
    label = "Recall card" if len(cards) == 1 else f"{len(cards)} recall cards"
    head = element("p", nodes.Text(label), classes=["study-head"])
    body = [_card(card, context) for card in cards]
    return element(
        "div", head, *body, classes=["study-deck"], role="group", aria_label=label
    )


def quiz(items: list[dict[str, Any]], context: Context) -> Html:
    """The questions of a quiz, one form each."""
    body = [
        _question(item, f"Question {i} of {len(items)}", context)
        for i, item in enumerate(items, 1)
    ]
    return element("div", *body, classes=["study-quiz"])


def _card(card: dict[str, Any], context: Context) -> Html:
    front, back = _SIDES[card["kind"]](card, context)
    summary = element("summary", element("span", *front, classes=["study-front"]))
    body = element(
        "div", *back, *context.notes(card, link=False), classes=["study-back"]
    )
    return element(
        "details",
        summary,
        body,
        classes=["study-card"],
        id=card["id"],
        data_rev=card["rev"],
    )


Sides = tuple[list[nodes.Node], list[nodes.Node]]


def _plain(card: dict[str, Any], context: Context) -> Sides:
    return context.phrase(card["front"]), context.parse(card["back"])


def _formula(card: dict[str, Any], context: Context) -> Sides:
    front, back = _plain(card, context)
    words = [nodes.inline("", "In words: ", classes=["study-lead"])]
    words += context.phrase(card["alt"])
    return front, [*back, element("p", *words, classes=["study-alt"])]


def _compare(card: dict[str, Any], context: Context) -> Sides:
    def row(cells: list[str], first: str, rest: str, **scope: str) -> Html:
        cells = [context.phrase(cell) for cell in cells]
        made = [element(rest, *cell, **scope) for cell in cells[1:]]
        return element("tr", element(first, *cells[0]), *made)

    header = row(["", *card["items"]], "td", "th", scope="col")
    rows = [row([a["aspect"], *a["values"]], "th", "td") for a in card["aspects"]]
    for made in rows:
        made[0]["html"]["scope"] = "row"
    table = element(
        "table",
        element("thead", header),
        element("tbody", *rows),
        classes=["study-table"],
    )
    return context.phrase(card["front"]), [table]


def _cloze(card: dict[str, Any], context: Context) -> Sides:
    text, found = marks.tokenise(card["text"])

    def gap(i: int) -> list[nodes.Node]:
        hidden = nodes.inline("", "blank", classes=["study-hidden"])
        return [element("span", hidden, classes=["study-gap"])]

    def filled(i: int) -> list[nodes.Node]:
        return [element("mark", *context.phrase(found[i].answer))]

    front = context.phrase(text)
    questions.fill(front, gap, lambda i: r"\square", lambda i: "____")
    back = context.parse(text)
    raw = [b.answer.strip("$`") for b in found]
    questions.fill(back, filled, lambda i: raw[i], lambda i: raw[i])
    return front, back


_SIDES: dict[str, Callable[[dict[str, Any], Context], Sides]] = {
    "basic": _plain,
    "code": _plain,
    "formula": _formula,
    "compare": _compare,
    "cloze": _cloze,
}


def _question(item: dict[str, Any], number: str, context: Context) -> Html:
    parts = questions.build(item, context)
    legend = element(
        "legend",
        element("span", nodes.Text(number), classes=["study-head"]),
        element("span", *parts.legend, classes=["study-prompt"]),
    )
    summary = element("summary", nodes.Text("Answer and explanations"))
    answer = element(
        "details",
        summary,
        element("ul", *parts.reasons, classes=["study-reasons"]),
        *context.notes(item, link=True),
        classes=["study-answer"],
    )
    return element(
        "form",
        element("fieldset", legend, *parts.body),
        answer,
        classes=["study-question"],
        id=item["id"],
        method="dialog",  # outside a dialog this form is never sent anywhere
        autocomplete="off",
        data_kind=item["kind"],
        data_rev=item["rev"],
        **parts.data,
    )


def functions(items: list[dict[str, Any]]) -> set[str]:
    """The generators that these questions need."""
    needed = set()
    for item in items:
        if "generate" in item:
            needed.add(item["generate"]["function"])
            needed |= {w["function"] for w in item.get("wrong", []) if "function" in w}
    return needed
