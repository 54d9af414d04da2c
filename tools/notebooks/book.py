"""Writes the notebooks of a whole book, and their wheel, into the built site."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.notebooks.address import WHEELS
from tools.notebooks.cells import Page, parse_page
from tools.notebooks.context import Context
from tools.notebooks.errors import SourceError
from tools.notebooks.index import Index
from tools.notebooks.notebook import has_notebook, make_notebook, notebook_path
from tools.notebooks.setup_cell import Helpers
from tools.notebooks.wheel import Wheel, WheelError, build_wheel
from tools.pages import ROOT
from tools.study.render import render


def build_helpers() -> Wheel:
    """Return the wheel of this course's helpers, built where it is not yet.

    Raises:
        WheelError: it cannot be built, or a formula of a card cannot be rendered.
    """
    try:
        render(ROOT)
    except ValueError as error:
        raise WheelError(str(error)) from None
    return build_wheel(ROOT, ROOT / "_build/wheels")


def pages_with_notebooks(pages: list[str], root: Path) -> dict[str, Page]:
    """Return those of `pages` (no suffix) that have code, read from their sources.

    Raises:
        SourceError: a page cannot be cut into cells.
    """
    found = {}
    for name in pages:
        file = root / f"{name}.md"
        page = parse_page(file.read_text(encoding="utf-8"), f"{name}.md")
        if has_notebook(page):
            found[name] = page
    return found


def write_notebooks(
    pages: dict[str, Page],
    index: Index,
    wheel: Wheel,
    *,
    root: Path,
    html: Path,
    site: str,
    course: str,
) -> list[SourceError]:
    """Write the notebook of each page, and the wheel, into `html`.

    What earlier builds wrote there is removed. A page that holds something that a
    notebook cannot show is left out; the errors of all such pages are returned.
    """
    helpers = Helpers(wheel.name, wheel.version, f"{site}/{WHEELS}/{wheel.quoted}")
    index = index.with_cell_figures(list(pages), root)
    shutil.rmtree(html / "notebooks", ignore_errors=True)
    (html / WHEELS).mkdir(parents=True)
    shutil.copy(wheel.file, html / WHEELS)
    errors = []
    for name, page in pages.items():
        context = Context(name, index, site, root)
        try:
            text = make_notebook(page, context, helpers, course)
        except SourceError as error:
            errors.append(error)
            continue
        file = html / notebook_path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return errors
