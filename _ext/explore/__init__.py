"""Sphinx extension: put the widgets of `utils.explore` on the page.

A cell's output carries its frames. Here they become files beside the page, and the
page gets the first frame, its sentence, and HTML controls for the others.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.config import Config

from _ext.explore.frames import write_frames
from _ext.explore.html import visit_html
from _ext.explore.nodes import explore_widget
from _ext.explore.transforms import FindWidgets, WidgetsAsText

ASSETS = Path(__file__).parent / "assets"
MOVING_BUILDERS = ("html", "dirhtml", "singlehtml")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the node, its transforms and the page's script and style."""
    app.add_node(explore_widget, html=(visit_html, None))
    app.add_transform(FindWidgets)
    app.add_post_transform(WidgetsAsText)
    app.connect("config-inited", _serve_assets)
    app.connect("doctree-read", _forget_live_widgets)
    app.connect("html-page-context", _finish_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}


def _serve_assets(_app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(ASSETS))


def _forget_live_widgets(app: Sphinx, _document: nodes.document) -> None:
    """Drop the state of ipywidgets: a page has no kernel and no widget manager."""
    js_files = NbMetadataCollector.get_js_files(app.env, app.env.docname)
    for key in [key for key in js_files if key.startswith("ipywidgets_")]:
        del js_files[key]


def _finish_page(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    document: nodes.document | None,
) -> None:
    """Write the page's frames; add script and style where there is a widget."""
    if document is None or app.builder.name not in MOVING_BUILDERS:
        return
    widgets = list(document.findall(explore_widget))
    write_frames(Path(app.outdir), pagename, widgets)
    if widgets:
        app.add_js_file("explore.js", loading_method="defer")
        app.add_css_file("explore.css")
