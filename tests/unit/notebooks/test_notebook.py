"""A page as a whole notebook: cells, ids, metadata, setup cell."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from tools.notebooks.cells import parse_page
from tools.notebooks.context import Context
from tools.notebooks.errors import SourceError
from tools.notebooks.index import Index, Target
from tools.notebooks.notebook import has_notebook, make_notebook, notebook_path
from tools.notebooks.setup_cell import Helpers

NAME = "chapters/part/topic"
SITE = "https://example.org/course"
HELPERS = Helpers("helpers", "1.0+h0", f"{SITE}/notebooks/wheel/h.whl")
SOURCE = """\
---
file_format: mystnb
course:
  extras: [einops]
---

(ch-topic)=
# The *topic*

Opening.

## A section

```python
# not a heading
```

```{code-cell} ipython3
:tags: [hide-input, raises-exception]
x = 1
```

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-topic-a
    caption: |
      What {math}`x` does.
---
x
```

```{code-cell} ipython3
x
```

+++ {"tags": ["solution"]}

Said.

```{quiz}
```
"""


def convert(source: str = SOURCE, page: str = NAME) -> nbformat.NotebookNode:
    """Return the notebook of `source`, checked against the notebook format."""
    target = Target(NAME, "fig-topic-a", "What x does.", "Fig. 1")
    context = Context(page, Index(labels={"fig-topic-a": target}), SITE, Path())
    parsed = parse_page(source, f"{page}.md")
    text = make_notebook(parsed, context, HELPERS, "The Course")
    assert text == make_notebook(
        parsed, Context(page, context.index, SITE, Path()), HELPERS, "The Course"
    )
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_cells_in_order() -> None:
    """Title and link, setup, then the page, captions below their cells."""
    found = [(cell.cell_type, cell.source) for cell in convert().cells]
    assert found[0] == (
        "markdown",
        "# The *topic*\n\n"
        f"This notebook is the page [The *topic*]({SITE}/{NAME}.html) of the course "
        f"[The Course]({SITE}/index.html).",
    )
    assert found[1][0] == "code"
    assert found[1][1].startswith("# @title Setup")
    assert found[2:] == [
        ("markdown", "Opening."),
        ("markdown", "## A section\n\n```python\n# not a heading\n```"),
        ("code", "x = 1"),
        ("code", "x"),
        ("markdown", "**Fig. 1.** What $x$ does."),
        ("code", "x"),
        ("markdown", "Said."),
        ("code", 'from utils import study\n\nstudy.quiz("topic")'),
    ]


def test_metadata() -> None:
    """Colab's settings, tags kept, nothing of the book's own."""
    notebook = convert()
    assert notebook.metadata["accelerator"] == "GPU"
    assert notebook.metadata["colab"] == {"provenance": [], "toc_visible": True}
    assert notebook.metadata["kernelspec"]["name"] == "python3"
    metadata = [dict(cell.metadata) for cell in notebook.cells]
    assert metadata[4] == {
        "tags": ["hide-input", "raises-exception"],
        "cellView": "form",
        "jupyter": {"source_hidden": True},
    }
    assert metadata[5] == {}
    assert metadata[8] == {"tags": ["solution"]}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_ids_follow_from_the_text() -> None:
    """An edit changes the id of its own cell only; equal cells differ by number."""
    before = [cell.id for cell in convert().cells]
    after = [cell.id for cell in convert(SOURCE.replace("x = 1", "x = 2")).cells]
    assert [
        i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b
    ] == [4]
    assert len(set(before)) == len(before)
    assert before[7] == f"{before[5]}-2"


def test_setup_cell_is_given_the_wheel_and_the_extras() -> None:
    """The cell compiles and names version, wheel and extras of the page."""
    source = convert().cells[1].source
    compile(source, "setup", "exec")
    assert f'wheel="{HELPERS.url}"' in source
    assert 'version="1.0+h0"' in source
    assert 'extras=["einops"]' in source
    assert max(map(len, source.splitlines())) <= 88 + len(HELPERS.url)
    assert not any(line.lstrip().startswith(("!", "%")) for line in source.splitlines())


def test_paths_and_pages_without_code() -> None:
    """Chapters lose their wing, exercises keep it; a page of text has no notebook."""
    assert notebook_path("chapters/a/b") == "notebooks/a/b.ipynb"
    assert notebook_path("exercises/a/b") == "notebooks/exercises/a/b.ipynb"
    assert not has_notebook(parse_page("# Text\n\n```python\nx\n```\n", "a.md"))


FAULTS = {
    "no title": ("# The *topic*\n", "", 7, "must open with its title"),
    "option": (":tags: [hide", ":render: [hide", 18, "unknown option 'render'"),
    "caption": ("{math}`x` does", "{no}`x` does", 29, "unknown role {no}"),
    "extras": ("[einops]", "[torch]", 4, "'torch' in extras is there already"),
    "version": ("[einops]", "['einops>=1']", 4, "no plain name"),
    "extras as text": ("[einops]", "einops", 4, "a list of names"),
    "cell in a block": (
        "```{code-cell}",
        "   ```{code-cell}",
        18,
        "inside another block",
    ),
    "options of a cell": ("mystnb:\n", "mystnb\n", 26, "options"),
    "break": ('+++ {"tags"', "+++ {tags", 38, "not JSON"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refuses(name: str) -> None:
    """A planted fault is named with file and line."""
    old, new, line, message = FAULTS[name]
    assert old in SOURCE
    with pytest.raises(SourceError) as error:
        convert(SOURCE.replace(old, new, 1))
    assert message in str(error.value)
    assert str(error.value).startswith(f"{NAME}.md:{line}: ")


def test_index_survives_its_file(tmp_path: Path) -> None:
    """What is written is what is read; figures of cells that never ran are added."""
    index = Index(labels={"fig-topic-a": Target(NAME, "fig-topic-a", "A", "Fig. 1")})
    assert Index.from_json(index.to_json()) == index
    assert json.loads(index.to_json())["labels"]["fig-topic-a"]["number"] == "Fig. 1"
    (tmp_path / "chapters/part").mkdir(parents=True)
    (tmp_path / f"{NAME}.md").write_text(SOURCE, encoding="utf-8")
    assert Index().with_cell_figures([NAME], tmp_path).labels == {
        "fig-topic-a": Target(NAME, "fig-topic-a", "the figure")
    }
    assert index.with_cell_figures([NAME], tmp_path) == index
