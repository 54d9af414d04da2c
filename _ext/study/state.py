"""The learner's state in the pages: below a chapter's title, and in every header."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from .html import Html, element

REVIEW = "chapters/reference/review"


def add_line(app: Any, tree: nodes.document, page: str) -> None:
    """Say below the title what there is to remember; `state.js` adds how it stands."""
    classes = [c for node in tree.findall(Html) for c in node["classes"]]
    section = next(iter(tree.findall(nodes.section)), None)
    kinds = {"card": "study-card", "question": "study-question"}
    counts = {kind: classes.count(name) for kind, name in kinds.items()}
    if app.builder.format != "html" or section is None or not any(counts.values()):
        return
    text = ", ".join(
        f"{count} {kind}{'s' * (count > 1)}" for kind, count in counts.items() if count
    )
    line = element("p", element("span", nodes.Text(text)), classes=["study-state"])
    if REVIEW in app.env.found_docs:
        address = app.builder.get_relative_uri(page, REVIEW)
        line += [nodes.Text(" · "), element("a", nodes.Text("Review"), href=address)]
    section.insert(section.first_child_matching_class(nodes.title) + 1, line)


def add_count(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    """Give every page the script of its header's count, and the place to review."""
    if REVIEW in app.env.found_docs:
        context["review_address"] = app.builder.get_relative_uri(page, REVIEW) or "#"
        app.add_js_file("due.js", loading_method="defer")
