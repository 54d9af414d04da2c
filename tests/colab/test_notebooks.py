"""Every published notebook, run where nothing of the course is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tests.colab.conftest import Publication
from tests.colab.environment import Place
from tools.notebooks.notebook import notebook_path
from tools.pages import notebook_pages

WIDGET = "application/vnd.jupyter.widget-view+json"
NOTEBOOKS = [notebook_path(p.with_suffix("").as_posix()) for p in notebook_pages()]
CHAPTERS = [name for name in NOTEBOOKS if name.count("/") == 2]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_in_an_empty_folder(
    name: str, published: Publication, new_place: Callable[[], Place]
) -> None:
    """From nothing with a network, then in a new kernel without one."""
    notebook = published.folder / name
    place = new_place()
    first = place.execute(notebook)
    assert_all_ran(first)
    assert "dl-line-by-line" in place.installed()
    if name in CHAPTERS:
        assert any(WIDGET in output.get("data", {}) for output in outputs(first))
    before = place.installed()
    assert_all_ran(place.execute(notebook, offline=True))
    assert place.installed() == before
    assert list(place.folder.iterdir()) == []


def test_every_notebook_is_published(published: Publication) -> None:
    """No page is left out, and none is stale."""
    found = {
        file.relative_to(published.folder).as_posix()
        for file in Path(published.folder).glob("notebooks/**/*.ipynb")
    }
    assert found == set(NOTEBOOKS)
    assert CHAPTERS


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the outputs of all cells."""
    return [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]


def assert_all_ran(notebook: nbformat.NotebookNode) -> None:
    """Every code cell ran, in order, and none wrote to standard error."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    errors = [o.text for o in outputs(notebook) if o.get("name") == "stderr"]
    assert errors == []
