"""`{review}` and `{exam}`: places that a script fills with items of all chapters."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .html import element

LOADS = "_static/study/"
"""What the scripts of these pages load: their pages need the style for it."""


class Place(SphinxDirective):
    """An empty place of the directive's name, or of that part of it which is named."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The place, and what a reader without script is told there."""
        root = Path(self.env.srcdir)
        for file in [*sorted((root / "study").rglob("*.yml")), root / "_toc.yml"]:
            if file.is_file():
                self.env.note_dependency(str(file.relative_to(root)))
        needed = "A script shows this: switch scripts on in this browser."
        note = element("noscript", element("p", nodes.Text(needed)))
        part = {"data_part": self.arguments[0]} if self.arguments else {}
        place = element(
            "div", note, classes=[f"study-{self.name}"], data_loads=LOADS, **part
        )
        place["bundle"] = self.name
        place["generated"] = True
        return [place]
