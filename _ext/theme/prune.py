"""Takes out of a style sheet what no page uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

ICON_FONT = re.compile(r"\.(fa[srb]?|fa-[\w-]+|svg-inline--fa|sr-only)(?![\w-])")
"""Selectors of the theme's icon font."""


def without_icon_font(css: str) -> Iterator[str]:
    """Yield the rules of the theme's style, without those of its icon font."""
    return filtered(css, lambda selector: not ICON_FONT.search(selector))


def pruned(css: str, used: set[str]) -> Iterator[str]:
    """Yield the rules of a style sheet whose classes and ids are among the words."""
    return filtered(css, lambda selector: is_used(selector, used))


def filtered(css: str, keep: Callable[[str], bool]) -> Iterator[str]:
    """Yield the rules of a style sheet with those of their selectors that are kept."""
    css = re.sub(r"/\*.*?\*/|@charset[^;]*;|@import[^;]*;", "", css, flags=re.S)
    for prelude, body in blocks(css):
        if prelude.startswith(("@media", "@supports", "@layer")):
            inner = "".join(filtered(body, keep))
            if inner:
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@font-face"):
            if "Font Awesome" not in body:
                yield f"{prelude}{{{body}}}"
        elif prelude.startswith("@"):
            yield f"{prelude}{{{body}}}"
        else:
            kept = [s for s in split(prelude) if keep(s)]
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
    plain = re.sub(r":(not|is|where|has)\(.*?\)|\[[^\]]*\]|\\.", "", selector)
    names = re.findall(r"[.#]([A-Za-z_-][\w-]*)", plain)
    return all(name in used for name in names)
