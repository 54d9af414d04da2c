"""One document node that is written as any HTML element, and what goes into it."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes

VOID = {"input"}


class Html(nodes.General, nodes.TextElement):
    """An HTML element: `tag` and `html` (its attributes); children as usual.

    Sphinx lets a reference stand in a TextElement only.
    """


def element(
    tag: str, *children: nodes.Node, classes: list[str] | None = None, **html: Any
) -> Html:
    """Make an `Html` node; `_` in an attribute's name is `-`, True has no value."""
    node = Html("", "", *children, classes=classes or [])
    node["tag"] = tag
    node["html"] = {name.replace("_", "-"): value for name, value in html.items()}
    return node


def start(node: Html) -> str:
    """The opening tag."""
    attributes = dict(node["html"])
    if node["classes"]:
        attributes = {"class": " ".join(node["classes"]), **attributes}
    written = "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
    )
    return f"<{node['tag']}{written}>"


def visit_html(translator: Any, node: Html) -> None:
    """Write the opening tag."""
    translator.body.append(start(node))


def depart_html(translator: Any, node: Html) -> None:
    """Write the closing tag."""
    if node["tag"] not in VOID:
        translator.body.append(f"</{node['tag']}>")


def phrases(blocks: list[nodes.Node]) -> list[nodes.Node]:
    """Blocks as inline nodes, for `summary`, `legend` and `label`.

    Paragraphs are unwrapped; code and display formulas become inline ones that the
    style sheet shows as blocks.
    """
    made: list[nodes.Node] = []
    for i, block in enumerate(blocks):
        inline = phrase(block)
        if i and isinstance(block, nodes.paragraph):
            inline = [element("span", *inline, classes=["study-block"])]
        made += inline
    return made


def phrase(block: nodes.Node) -> list[nodes.Node]:
    """One block as inline nodes.

    Raises ValueError for a block that has no inline form (a list, a table).
    """
    if isinstance(block, nodes.paragraph):
        return list(block.children)
    if isinstance(block, nodes.literal_block):
        language = block.get("language", "text")
        return [
            nodes.literal(
                block.rawsource,
                block.astext(),
                classes=["code", "study-code"],
                language=language,
            )
        ]
    if isinstance(block, nodes.math_block):
        tex = block.astext().strip()
        made = nodes.math(tex, rf"\displaystyle {tex}")
        return [element("span", made, classes=["study-block"])]
    if isinstance(block, nodes.Inline | nodes.Text | Html):
        return [block]
    raise ValueError(f"a {block.tagname.replace('_', ' ')} cannot stand here")
