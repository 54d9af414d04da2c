"""Makes the book's pages light, local and accessible.

The look is that of the Sphinx Book Theme. This extension takes away what the theme
loads and the book does not need, joins the style sheets into one, brings KaTeX's
fonts and the icons, and mends what the theme leaves inaccessible.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from _ext.theme import bundle, mathematics, page

HERE = Path(__file__).parent
EXTENSIONS = HERE.parent


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the assets, the templates and the changes to the theme's output."""
    mathematics.setup(app)
    # Jupyter Book sets this for an extension that the book leaves out.
    app.add_config_value("comments_config", {}, "")
    app.add_js_file("theme.js", priority=300)
    # A value that differs from the last build's: its pages are read or written again.
    app.add_config_value("extensions_code", digest(EXTENSIONS, ".py"), "env")
    app.add_config_value("extensions_assets", digest(EXTENSIONS), "html")
    app.connect("config-inited", add_folders)
    app.connect("source-read", quote_dates)
    # After the theme and the other extensions have added theirs.
    app.connect("html-page-context", page.mend, priority=900)
    app.connect("build-finished", bundle.write, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def digest(folder: Path, suffix: str = "") -> str:
    """Return a hash of the files below a folder, of one suffix or of all."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob(f"*{suffix}")):
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(str(file.relative_to(folder)).encode() + b"\0")
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def add_folders(app: Sphinx, config: Config) -> None:
    """Put this extension's assets and templates before those of the theme."""
    config.html_static_path.append(str(HERE / "assets"))
    config.templates_path.insert(0, str(HERE / "templates"))


def quote_dates(app: Sphinx, docname: str, source: list[str]) -> None:
    """Make strings of the dates in a page's front matter: MyST fails on others."""
    if source[0].startswith("---\n") and (end := source[0].find("\n---", 4)) > 0:
        front = re.sub(r"(?m)(?<=: )(\d{4}-\d\d-\d\d)$", r'"\1"', source[0][:end])
        source[0] = front + source[0][end:]
