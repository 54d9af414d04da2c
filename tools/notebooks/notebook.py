"""Makes one page into one notebook."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import Any

from tools.notebooks.blocks import translate_blocks
from tools.notebooks.cells import Cell, Page, fence_at
from tools.notebooks.context import Context
from tools.notebooks.directives import caption
from tools.notebooks.inline import translate_inline
from tools.notebooks.setup_cell import Helpers, extras_of, setup_cell

METADATA = {
    "accelerator": "GPU",
    "colab": {"provenance": [], "toc_visible": True},
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
OPTIONS = {"tags", "mystnb"}
HEADING = re.compile(r"#{1,6} ")


def notebook_path(page: str) -> str:
    """Return where in the site the notebook of `page` (no suffix) stands.

    `chapters/cnns/convolution` gives `notebooks/cnns/convolution.ipynb`, the
    exercises and solutions keep their wing.
    """
    return f"notebooks/{page.removeprefix('chapters/')}.ipynb"


def has_notebook(page: Page) -> bool:
    """Tell whether a page has code, and so a notebook."""
    return any(cell.kind == "code" for cell in page.cells)


def make_notebook(page: Page, context: Context, helpers: Helpers, course: str) -> str:
    """Return the text of the notebook of `page`; `course` is the course's title.

    The same page, index and helpers give the same text, byte for byte.

    Raises:
        SourceError: the page holds something that a notebook cannot show.
    """
    extras = extras_of(page.front, page.front_lines, context)
    made: list[dict[str, Any]] = []
    for cell in page.cells:
        made += _code(cell, context) if cell.kind == "code" else _text(cell, context)
    title, rest = _split_title(made, page, context)
    url = f"{context.site}/{context.page}.html"
    link = f"This notebook is the page [{title}]({url}) of the course "
    link += f"[{course}]({context.site}/index.html)."
    setup = _cell("code", setup_cell(helpers, extras), {"cellView": "form"})
    cells = [_cell("markdown", f"# {title}\n\n{link}"), setup, *rest]
    _identify(cells)
    notebook = {
        "cells": cells,
        "metadata": METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _cell(
    kind: str, text: str, metadata: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a cell of the notebook format."""
    cell = {
        "cell_type": kind,
        "metadata": metadata or {},
        "source": text.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _text(cell: Cell, context: Context) -> list[dict[str, Any]]:
    """Translate a Markdown cell: one for each heading, card set and quiz in it."""
    cells = []
    tags = {"tags": cell.tags} if cell.tags else {}
    pieces = translate_blocks(cell.text.split("\n"), cell.body_line, context)
    for piece in pieces:
        if isinstance(piece, str):
            sections = _sections(piece)
            cells += [_cell("markdown", text, dict(tags)) for text in sections]
        else:
            cells.append(_cell("code", piece.text))
    return cells


def _sections(text: str) -> list[str]:
    """Cut `text` before each heading, and leave one blank line between blocks.

    What stands in fences is copied.
    """
    sections: list[list[str]] = [[]]
    fence = ""
    for row in text.split("\n"):
        found = fence_at(row)
        if fence:
            fence = "" if found and found["marks"].startswith(fence) else fence
        elif found:
            fence = found["marks"]
        elif HEADING.match(row):
            sections.append([])
        if row.strip() or fence or (sections[-1] and sections[-1][-1].strip()):
            sections[-1].append(row)
    texts = ["\n".join(rows).strip("\n") for rows in sections]
    return [text for text in texts if text]


def _code(cell: Cell, context: Context) -> list[dict[str, Any]]:
    """Translate a code cell; the caption of its figure goes into a cell below."""
    for option in cell.metadata:
        if option not in OPTIONS:
            context.fail(cell.line, f"a code cell has the unknown option '{option}'")
    metadata: dict[str, Any] = {"tags": cell.tags} if cell.tags else {}
    if "hide-input" in cell.tags:
        metadata |= {"cellView": "form", "jupyter": {"source_hidden": True}}
    cells = [_cell("code", cell.text, metadata)]
    figure = cell.metadata.get("mystnb", {}).get("figure", {})
    if text := figure.get("caption", "").strip():
        text = translate_inline(text, cell.caption_line, context)
        text = caption(figure.get("name", ""), text, context)
        cells.append(_cell("markdown", text))
    return cells


def _split_title(
    made: list[dict[str, Any]], page: Page, context: Context
) -> tuple[str, list[dict[str, Any]]]:
    """Return the title of the page, and the cells without it."""
    first = "".join(made[0]["source"]) if made else ""
    title, _, rest = first.partition("\n")
    if not title.startswith("# "):
        line = page.cells[0].body_line if page.cells else 1
        context.fail(line, "the page must open with its title, '# …'")
    rest = rest.strip()
    kept = [_cell("markdown", rest, made[0]["metadata"])] if rest else []
    return title.removeprefix("# ").strip(), [*kept, *made[1:]]


def _identify(cells: list[dict[str, Any]]) -> None:
    """Give each cell an id that follows from its text."""
    seen: Counter[str] = Counter()
    for cell in cells:
        text = cell["cell_type"] + "\0" + "".join(cell["source"])
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        seen[name] += 1
        cell["id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"
