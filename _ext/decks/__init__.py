"""Sphinx extension: `{decks}`, the cards of the course as files to take away."""

from __future__ import annotations

import itertools
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from tools.decks.files import Deck

LOGGER = logging.getLogger(__name__)
FOLDER = "decks"
"""Where the decks lie in the site."""

LABELS = {"apkg": "Anki", "org": "org-drill", "tsv": "text", "pdf": "PDF"}
"""How the page names each format, in the order in which it lists them."""


class download(nodes.General, nodes.TextElement):
    """A link to a file that is saved, not shown."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and its link."""
    app.add_node(download, html=(_visit, _depart))
    app.add_directive("decks", Decks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class Decks(SphinxDirective):
    """`{decks}`: write the decks into the site, and list them; `:whole:` lists one.

    The page is read at each build, so that the decks are those of the present cards.
    """

    option_spec: ClassVar = {"whole": directives.flag}

    def run(self) -> list[nodes.Node]:
        """The whole course, then each part with its chapters."""
        from tools.decks.files import MERGE, write

        self.env.note_reread()
        app = self.env.app
        out = Path(app.outdir)
        try:
            written = write(
                Path(app.srcdir),
                out / FOLDER,
                out.parent / ".decks",
                preview=app.tags.has("preview"),
            )
        except ValueError as error:
            self._warn(str(error))
            return []
        for problem in written.problems:
            self._warn(problem)
        if not written.decks:
            return []
        whole, *chapters = written.decks
        listed = nodes.bullet_list("", self._row(whole, "All chapters"))
        if "whole" in self.options:
            return [listed]
        parts = itertools.groupby(chapters, lambda deck: deck.chapters[0].part_title)
        for title, decks in parts:
            rows = [self._row(deck, deck.title) for deck in decks]
            listed += nodes.list_item(
                "", nodes.paragraph("", title), nodes.bullet_list("", *rows)
            )
        tool = nodes.paragraph("", "For org-drill also: ")
        tool += self._link(MERGE, MERGE, MERGE)
        return [listed, tool]

    def _row(self, deck: Deck, title: str) -> nodes.list_item:
        line = nodes.paragraph("", f"{title}: ")
        there = Path(self.env.app.outdir, FOLDER)
        made = [s for s in LABELS if (there / f"{deck.name}.{s}").exists()]
        for i, suffix in enumerate(made):
            label = LABELS[suffix]
            line += nodes.Text(", " if i else "")
            line += self._link(f"{deck.name}.{suffix}", label, f"{label}: {title}")
        return nodes.list_item("", line)

    def _link(self, file: str, text: str, name: str) -> download:
        up = "../" * self.env.docname.count("/")
        made = download("", text)
        made["href"], made["label"] = f"{up}{FOLDER}/{file}", name
        return made

    def _warn(self, message: str) -> None:
        LOGGER.warning(message, location=self.get_location(), type="decks")


def _visit(translator: Any, node: download) -> None:
    translator.body.append(
        f'<a class="reference internal" href="{escape(node["href"])}"'
        f' aria-label="{escape(node["label"])}" download>'
    )


def _depart(translator: Any, node: download) -> None:
    translator.body.append("</a>")
