"""Opens a page as a notebook: in Colab, or as a file, both from the same build.

Every build of the site also writes the notebooks of its pages, the wheel that they
install, and an index of the book, from which `python -m tools.notebooks` can make
the notebooks again without building.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from _ext.launch.environment import read_index
from tools.notebooks.address import Address, AddressError, find_address
from tools.notebooks.book import build_helpers, pages_with_notebooks, write_notebooks
from tools.notebooks.cells import Page
from tools.notebooks.errors import SourceError
from tools.notebooks.notebook import notebook_path
from tools.notebooks.wheel import WheelError
from tools.pages import settings

LOGGER = logging.getLogger(__name__)
INDEX = "notebook-index.json"
"""The name of the index, beside the folder of the site."""


class Launcher:
    """The notebooks of one build."""

    def __init__(self) -> None:
        """Start without pages: they are known when Sphinx has read them."""
        self.pages: dict[str, Page] = {}
        self.address: Address | None = None
        self.course = ""

    def find_pages(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Find out which pages have code, and where the site is published."""
        root = Path(app.srcdir)
        config = settings(root)
        self.course = config["title"]
        try:
            self.address = find_address(config, os.environ)
        except AddressError as error:
            raise ExtensionError(str(error)) from None
        sources = [n for n in sorted(env.found_docs) if (root / f"{n}.md").exists()]
        for name in sources:
            try:
                self.pages |= pages_with_notebooks([name], root)
            except SourceError as error:
                LOGGER.warning("%s", error, type="launch")

    def add_buttons(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Put the two links before the theme's buttons, on pages with a notebook."""
        if pagename not in self.pages or self.address is None:
            return
        app.add_css_file("launch.css")
        notebook = notebook_path(pagename)
        context["header_buttons"][:0] = [
            {
                "type": "link",
                "url": self.address.colab(notebook),
                "text": "Colab",
                "tooltip": "Open this page as a notebook in Google Colab",
                "label": "colab",
            },
            {
                "type": "link",
                "url": context["pathto"](notebook, 1),
                "text": ".ipynb",
                "tooltip": "Download this page as a notebook",
                "label": "notebook",
            },
        ]

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the notebooks, their wheel and the index of the book."""
        if exception or app.builder.name != "html" or self.address is None:
            return
        html = Path(app.outdir)
        index = read_index(app.env, app.builder)
        (html.parent / INDEX).write_text(index.to_json(), encoding="utf-8")
        if not self.pages:
            return
        try:
            helpers = build_helpers()
        except WheelError as error:
            raise ExtensionError(str(error)) from None
        errors = write_notebooks(
            self.pages,
            index,
            helpers,
            root=Path(app.srcdir),
            html=html,
            site=self.address.site,
            course=self.course,
        )
        for error in errors:
            LOGGER.warning("%s", error, type="launch")


def add_assets(app: Sphinx, config: Config) -> None:
    """Bring the style of the links."""
    config.html_static_path.append(str(Path(__file__).parent / "assets"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the links and the notebooks."""
    launcher = Launcher()
    app.connect("config-inited", add_assets)
    app.connect("env-updated", launcher.find_pages)
    # After the theme has added its own buttons, before the page is mended.
    app.connect("html-page-context", launcher.add_buttons, priority=600)
    app.connect("build-finished", launcher.write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
