"""Sphinx extension: cards and quizzes of `study/` in the pages of the book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .slim import assets

GENERATORS = "study-generators.js"


def setup(app: Any) -> dict[str, Any]:
    """Register the directives, the node, and the assets of pages that use them."""
    from . import index, state
    from .directives import Cards, Quiz
    from .html import Html, depart_html, visit_html
    from .places import Place

    app.add_node(Html, html=(visit_html, depart_html))
    app.add_directive("cards", Cards)
    app.add_directive("quiz", Quiz)
    app.add_directive("review", Place)
    app.add_directive("exam", Place)
    app.connect("builder-inited", _write_assets)
    app.connect("doctree-resolved", state.add_line)
    app.connect("html-page-context", state.add_count)
    app.connect("html-page-context", _add_assets)
    app.connect("build-finished", index.write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _write_assets(app: Any) -> None:
    """Put scripts, style and the functions of generated questions into the site."""
    from .generate import javascript, names

    if app.builder.format == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        made = {**assets(), GENERATORS: javascript(set(names()))}
        for name, text in made.items():
            (static / name).write_text(text, "utf-8")


def _add_assets(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    """Give the scripts and the style to this page, if it has cards or questions."""
    from .html import Html

    made = list(tree.findall(Html)) if tree is not None else []
    if not made:
        return
    app.add_css_file("study.css")
    if any(node.get("generated") for node in made):
        app.add_js_file(GENERATORS, loading_method="defer")  # before who calls them
    app.add_js_file("study.js", loading_method="defer")
    for name in sorted({node["bundle"] for node in made if node.get("bundle")}):
        app.add_css_file("review.css")
        app.add_js_file("study/index.js", loading_method="defer")
        app.add_js_file(f"{name}.js", loading_method="defer")
