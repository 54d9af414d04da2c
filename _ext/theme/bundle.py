"""Joins the theme's style sheets into one, without the rules that no page uses."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from sphinx.application import Sphinx

from _ext.theme import icons

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
    "scripts/fontawesome.js",
    "scripts/*.map",
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

ICON_FONT = re.compile(r"\.(fa[srb]?|fa-[\w-]+|svg-inline--fa|sr-only)(?![\w-])")
"""Selectors of the theme's icon font, which `icons.css` replaces."""

MADE_BY_SCRIPT = ("tooltip", "bs-tooltip", "o-tooltip", "fade", "show", "active")
"""Beginnings of classes that a script puts together and no page spells out."""


def is_bundled(filename: str) -> bool:
    """Tell whether a page's style sheet is part of the one that all pages load."""
    name = filename.removeprefix("_static/")
    return any(fnmatch(name, pattern) for pattern in (*BUNDLED, "katex/*.css"))


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write `_static/course.css` and take away what it makes superfluous."""
    if exception or app.builder.format != "html":
        return
    write_entry(app)
    static = Path(app.outdir) / "_static"
    # A build in which no page changed copies no style sheets: the old one stands.
    if not (static / "styles").exists():
        return
    sheets = [path for pattern in BUNDLED for path in sorted(static.glob(pattern))]
    theme = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    used = words(Path(app.outdir))
    css = "".join(pruned(theme, used)) + icons.style_sheet()
    for name in OWN:
        css += (STYLES / name).read_text(encoding="utf-8") + "\n"
    (static / "course.css").write_text(css, encoding="utf-8")
    for path in sheets:
        path.unlink()
    for pattern in UNUSED:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_entry(app: Sphinx) -> None:
    """Write the page that leads from the site's address to the landing page."""
    target = app.builder.get_relative_uri("index", app.config.root_doc)
    title = app.config.html_title
    (Path(app.outdir) / "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="{app.config.language}"><head>'
        f'<meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="refresh" content="0; url={target}"></head>'
        f'<body><main><h1><a href="{target}">{title}</a></h1></main></body></html>\n',
        encoding="utf-8",
    )


def words(site: Path) -> set[str]:
    """Return every word that stands in the pages and scripts of a site."""
    found: set[str] = set()
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js") and path.name != "searchindex.js":
            text = path.read_text(encoding="utf-8", errors="ignore")
            found.update(re.findall(r"[A-Za-z_-][\w-]*", text))
    return found


def pruned(css: str, used: set[str]) -> Iterator[str]:
    """Yield the rules of a style sheet whose classes and ids are among the words."""
    css = re.sub(r"/\*.*?\*/|@charset[^;]*;|@import[^;]*;", "", css, flags=re.S)
    for prelude, body in blocks(css):
        if prelude.startswith(("@media", "@supports", "@layer")):
            inner = "".join(pruned(body, used))
            if inner:
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@font-face"):
            if "Font Awesome" not in body:
                yield f"{prelude}{{{body}}}"
        elif prelude.startswith("@"):
            yield f"{prelude}{{{body}}}"
        else:
            kept = [s for s in split(prelude) if is_used(s, used)]
            if kept:
                yield f"{','.join(kept)}{{{body}}}"


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield the outermost `prelude { body }` pairs of a style sheet."""
    start = 0
    while (opening := css.find("{", start)) >= 0:
        depth, end = 1, opening + 1
        while depth:
            brace = re.compile(r"[{}]|\"[^\"]*\"|'[^']*'").search(css, end)
            if brace is None:
                raise ValueError(f"unbalanced braces after {css[start:opening]!r}")
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            end = brace.end()
        yield css[start:opening].strip(), css[opening + 1 : end - 1].strip()
        start = end


def split(selectors: str) -> list[str]:
    """Split a list of selectors at the commas outside of parentheses."""
    return [s.strip() for s in re.split(r",(?![^(]*\))", selectors)]


def is_used(selector: str, used: set[str]) -> bool:
    """Tell whether a selector can match: each class and id outside `:not()` occurs."""
    if ICON_FONT.search(selector):
        return False
    plain = re.sub(r":(not|is|where|has)\(.*?\)|\[[^\]]*\]|\\.", "", selector)
    names = re.findall(r"[.#]([A-Za-z_-][\w-]*)", plain)
    return all(n in used or n.startswith(MADE_BY_SCRIPT) for n in names)
