"""What is changed in each page before it is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx

from _ext.theme.bundle import is_bundled

THEME_SCRIPT = "sphinx-book-theme.js"
"""The theme's script that its templates do not name: `theme.js` stands for it."""

UNUSED_SCRIPTS = ("doctools.js", "sphinx_highlight.js", "design-tabs.js")
"""Scripts for searching, API indices and tabs: no lesson needs them."""

DESCRIPTION_LENGTH = 155
"""Characters of the description that a search engine shows."""

BRANCH = re.compile(
    r'(<a class="[^"]*reference internal[^>]*>)([^<]*)</a><details([^>]*)><summary>'
)
"""A chapter's link in the list of pages, and what opens its sub-pages."""

PLAIN_TOKEN = re.compile(r'<span class="(?:n|nn|p|w)">([^<]*)</span>')
"""Names, punctuation and blanks in code: they have the colour of the text around."""

SCROLLED = re.compile(
    r'<(?:pre(?=>)|div(?= class="(?:math|pst-scrollable-table-container)[" ]))'
)
"""Boxes that may be too wide for a screen; `theme.js` looks which of them are."""

EAGER_PICTURE = re.compile(r"<img (?![^>]*(?:\bloading=|explore-picture))")
"""A picture that loads at once; a widget decides for itself when its frames do."""

PICTURE = re.compile(r'<img (?![^>]*\bwidth=)[^>]*src="[^"]*_images/([^"/]+)"[^>]*>')
"""A picture of the page that does not say its size."""

WRONG_ROLE = re.compile(r' role="(doc-biblioentry"|list"(?= class="citation-list"))')
"""Roles of the bibliography that are deprecated, or forbid its links."""


def mend(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Take away style sheets and scripts that the page does not need; add names."""
    context["css_files"] = [
        css for css in context["css_files"] if not is_bundled(filename(css))
    ]
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not filename(script).endswith(THEME_SCRIPT)
    ]
    if pagename != "search":
        context["script_files"] = [
            script
            for script in context["script_files"]
            if filename(script) and not filename(script).endswith(UNUSED_SCRIPTS)
        ]
        context["script_files"] = [deferred(s) for s in context["script_files"]]
    if doctree is not None:
        context["page_description"] = description(doctree)
    elif pagename == "search":
        context["page_description"] = f"Search all pages of {app.config.html_title}."
    if "body" in context:
        body = WRONG_ROLE.sub("", context["body"])
        context["body"] = lightened(with_sizes(body, app))
    make_toc = context["generate_toctree_html"]
    context["generate_toctree_html"] = lambda *args, **options: name_summaries(
        str(make_toc(*args, **options))
    )


def lightened(body: str) -> str:
    """Leave out spans that show nothing, and let pictures wait until they are near.

    What may be scrolled sideways is made reachable by keyboard, so that no script
    has to measure the whole page at its start.
    """
    body = PLAIN_TOKEN.sub(r"\1", body)
    body = SCROLLED.sub(r'\g<0> tabindex="0"', body)
    return EAGER_PICTURE.sub('<img loading="lazy" ', body)


def deferred(script: Any) -> Any:
    """Return a copy of a script that does not hold up the text.

    The search page shares the original and needs it at once.
    """
    attributes = script.attributes | {"defer": "defer"}
    return type(script)(script.filename, priority=script.priority, **attributes)


def filename(asset: Any) -> str:
    """Return the file of a style sheet or script; empty for one within the page."""
    return str(getattr(asset, "filename", asset) or "")


def description(doctree: nodes.document) -> str:
    """Return the page's first paragraph, cut at a word to a search engine's length."""
    paragraph = next(iter(doctree.findall(nodes.paragraph)), None)
    text = " ".join(paragraph.astext().split()) if paragraph else ""
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"


def name_summaries(toc: str) -> str:
    """Name the buttons that open a chapter's sub-pages: the theme leaves them empty."""

    def name(match: re.Match[str]) -> str:
        link, title, state = match.groups()
        label = f"Pages of {title}".replace('"', "&quot;")
        return f'{link}{title}</a><details{state}><summary aria-label="{label}">'

    return BRANCH.sub(name, toc)


def with_sizes(body: str, app: Sphinx) -> str:
    """Say how large each picture is, so that its place is kept until it comes."""
    sources = {name: source for source, name in app.builder.images.items()}

    def add(match: re.Match[str]) -> str:
        source = sources.get(match[1])
        if source is None or match[1].endswith(".svg"):
            return match[0]
        with Image.open(Path(app.srcdir, source)) as picture:
            width, height = picture.size
        size = f'width="{width}" height="{height}" decoding="async"'
        return match[0].replace("<img", f"<img {size}", 1)

    return PICTURE.sub(add, body)
