"""Joins the theme's style sheets into one, without the rules that no page uses.

The one goes into each page: see `inline`.
"""

from __future__ import annotations

import shutil
from fnmatch import fnmatch
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from _ext.theme import icons
from _ext.theme.inline import inline
from _ext.theme.prune import without_icon_font

STYLES = Path(__file__).parent / "styles"

BUNDLED = (
    "basic.css",
    "styles/theme.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
    "copybutton.css",
    "sphinx-design.min.css",
    "katex-math.css",
)
"""Style sheets in `_static` that go into the one, in the order of the cascade."""

OWN = ("katex.min.css", "icons.css", "course.css", "print.css")
"""Style sheets of this extension that follow them."""

UNUSED = (
    "scripts",
    "styles",
    "vendor",
    "locales",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "file.png",
    "plus.png",
    "minus.png",
)
"""What the theme brings into `_static` and no page asks for."""


def is_bundled(filename: str) -> bool:
    """Tell whether a page's style sheet is part of the one that all pages load."""
    name = filename.removeprefix("_static/")
    return any(fnmatch(name, pattern) for pattern in (*BUNDLED, "katex/*.css"))


def write(app: Sphinx, exception: Exception | None) -> None:
    """Put the style into the pages and take away what that makes superfluous."""
    if exception or app.builder.format != "html":
        return
    write_entry(app)
    site = Path(app.outdir)
    static = site / "_static"
    # A build in which no page changed copies no style sheets: all pages have theirs.
    if not (static / "styles").exists():
        return
    found = [path for pattern in BUNDLED for path in sorted(static.glob(pattern))]
    theme = "\n".join(path.read_text(encoding="utf-8") for path in found)
    for path in found:
        path.unlink()
    for pattern in UNUSED:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    css = "".join(without_icon_font(theme)) + icons.style_sheet()
    for name in OWN:
        css += (STYLES / name).read_text(encoding="utf-8") + "\n"
    for page in site.rglob("*.html"):
        inline(page, site, css)


def write_entry(app: Sphinx) -> None:
    """Write the page that leads from the site's address to the landing page."""
    target = app.builder.get_relative_uri("index", app.config.root_doc)
    title = escape(app.config.html_title)
    (Path(app.outdir) / "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="{app.config.language}"><head>'
        f'<meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="refresh" content="0; url={target}"></head>'
        f'<body><main><h1><a href="{target}">{title}</a></h1></main></body></html>\n',
        encoding="utf-8",
    )
