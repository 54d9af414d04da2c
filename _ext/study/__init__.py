"""Sphinx extension: cards and quizzes of `study/` in the pages of the book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = ("study-store.js", "study-page.js", "study-cards.js", "study-quiz.js")
GENERATORS = "study-generators.js"
STYLE = "study.css"


def setup(app: Any) -> dict[str, Any]:
    """Register the directives, the node, and the assets of pages that use them."""
    from .directives import Cards, Quiz
    from .html import Html, depart_html, visit_html

    app.add_node(Html, html=(visit_html, depart_html))
    app.add_directive("cards", Cards)
    app.add_directive("quiz", Quiz)
    app.connect("config-inited", _add_assets)
    app.connect("builder-inited", _write_generators)
    app.connect("html-page-context", _add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _add_assets(app: Any, config: Any) -> None:
    config.html_static_path.append(str(ASSETS))


def _write_generators(app: Any) -> None:
    """Translate the functions of generated questions for the pages that have some."""
    from .generate import javascript, names

    if app.builder.format == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        (static / GENERATORS).write_text(javascript(set(names())), "utf-8")


def _add_scripts(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    """Give the scripts and the style to this page, if it has cards or questions."""
    from .html import Html

    made = list(tree.findall(Html)) if tree is not None else []
    if not made:
        return
    app.add_css_file(STYLE)
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
    if any(node.get("generated") for node in made):
        app.add_js_file(GENERATORS, loading_method="defer")
