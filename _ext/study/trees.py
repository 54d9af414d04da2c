"""Cards and questions of a built page as trees that a script can build again.

A tree is `[tag, attributes, *children]`; a child is a tree or a text. So a page that
shows the cards of many chapters has them as they stand in those chapters, formulas
and all, without ever making markup of a text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

Tree = list[Any]

ITEM = re.compile(r'<(?P<tag>details|form) class="study-(?P<kind>card|question)"[^>]*>')
"""What opens a card or a question."""

VOID = {"br", "col", "hr", "img", "input", "wbr"}
"""Elements that nothing closes."""

ADDRESSES = {"href", "src"}

MIXED_CASE = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
"""Names that the parser makes small, and SVG wants as they are written."""


def items(html: str, page: str) -> Iterator[tuple[str, str, Tree]]:
    """Yield `card` or `question`, the id and the tree of each item of a page.

    `page` is the page's address from the root of the site, as all addresses in the
    trees are. Ids within an item are left out: another page may have the same ones.
    """
    for match in ITEM.finditer(html):
        end = _end(html, match)
        parser = _Parser(page)
        parser.feed(html[match.start() : end])
        parser.close()
        tree = parser.root
        yield match["kind"], tree[1]["id"], tree


def _end(html: str, opening: re.Match[str]) -> int:
    """Where the element ends that this tag opens."""
    depth = 0
    for tag in re.finditer(rf"<(/?){opening['tag']}\b[^>]*>", html[opening.start() :]):
        depth += -1 if tag[1] else 1
        if not depth:
            return opening.start() + tag.end()
    raise ValueError(f"nothing closes {opening[0]}")


def rebased(address: str, page: str) -> str:
    """An address in a page as one from the root of the site; others as they are."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    if not parts.path:
        return f"{page}{address}"
    path = posixpath.join(posixpath.dirname(page), parts.path)
    return parts._replace(path=posixpath.normpath(path)).geturl()


class _Parser(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.root: Tree = []
        self.open: list[Tree] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = {MIXED_CASE.get(name, name): value or "" for name, value in attrs}
        made.pop("xmlns", None)  # follows from the tag
        for name in ADDRESSES & set(made):
            made[name] = rebased(made[name], self.page)
        tree: Tree = [tag, made]
        if self.open:
            made.pop("id", None)
            self.open[-1].append(tree)
        else:
            self.root = tree
        if tag not in VOID:
            self.open.append(tree)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].append(data)
