"""Puts into each page the style that it needs, so that its text shows at once.

A browser shows nothing before the last style sheet of a page has come. Within the
page it comes with the text, and without the rules that only other pages use.
"""

from __future__ import annotations

import re
from pathlib import Path

from _ext.theme.prune import pruned

LINK = re.compile(
    r'<link rel="stylesheet"[^>]* href="(?P<static>(?:\.\./)*_static/)'
    r'(?P<name>[\w.-]+\.css)[^"]*"[^>]*>'
)
"""A style sheet of the site, as a page asks for it."""

SCRIPT = re.compile(r'<script[^>]* src="(?:\.\./)*(_static/[^"?]+)')

LOADED = re.compile(r'<[^>]* data-loads="(_static/[^"]+)"')
"""A folder of scripts that a page's scripts may load later."""

VARIABLE = re.compile(
    r"(?<=[{;])\s*(--[\w-]+)\s*:(?:[^;{}\"']|\"[^\"]*\"|'[^']*')*(?:;|(?=\}))"
)
"""The declaration of a variable."""


def inline(page: Path, site: Path, course: str) -> None:
    """Write the style sheets that a page asks for into it.

    `course` is the text of `course.css`, which is cut down to the page; the sheets of
    other extensions are read from the site and taken as they are.
    """
    html = page.read_text(encoding="utf-8")
    if not LINK.search(html):
        return
    used = page_words(html, site)

    def style(match: re.Match[str]) -> str:
        if match["name"] == "course.css":
            css = without_unused_variables("".join(pruned(course, used)), html)
        else:
            css = (site / "_static" / match["name"]).read_text(encoding="utf-8")
        css = re.sub(r"url\((?![\"']?(data|#))", f"url({match['static']}", css)
        css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
        return f'<style data-file="{match["name"]}">{css}</style>'

    page.write_text(LINK.sub(style, html), encoding="utf-8")


def page_words(html: str, site: Path) -> set[str]:
    """Return the classes and ids of a page and every word of the scripts it loads."""
    found = {
        word
        for value in re.findall(r'(?:class|id)="([^"]*)"', html)
        for word in value.split()
    }
    scripts = [site / name for name in SCRIPT.findall(html)]
    for folder in LOADED.findall(html):
        scripts += (site / folder).glob("*.js")
    texts = [path.read_text(encoding="utf-8") for path in scripts if path.exists()]
    texts += re.findall(r"<script>(.*?)</script>", html, flags=re.S)
    return found.union(*(re.findall(r"[A-Za-z_-][\w-]*", text) for text in texts))


def without_unused_variables(css: str, html: str) -> str:
    """Take out the variables that neither the style nor the page asks for."""
    asked = set(re.findall(r"var\(\s*(--[\w-]+)", css + html))
    left = VARIABLE.sub(lambda m: m[0] if m[1] in asked else "", css)
    # A variable that is gone may have been the only one that asked for another.
    return left if left == css else without_unused_variables(left, html)
