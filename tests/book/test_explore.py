"""A small book with widgets, built from nothing: frames moved, figures numbered."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CONFIG = """
title: A small book
only_build_toc_files: true
execute: {execute_notebooks: cache, timeout: 60}
sphinx:
  extra_extensions: [_ext.explore]
  config: {numfig: true, nb_ipywidgets_js: {}, version: "1"}
"""
TOC = """
format: jb-book
root: index
chapters: [file: part/page]
"""
INDEX = "# Home\n\nSee {numref}`fig-wave-widget` after {numref}`fig-plain`.\n"
PAGE = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# A page

```{code-cell} ipython3
---
mystnb:
  figure: {name: fig-plain, caption: A plain figure.}
---
import matplotlib.pyplot as plt
from utils.explore import explore
fig, ax = plt.subplots();
```

Read {numref}`fig-wave-widget`.

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-wave-widget
    caption: |
      Move the *rate*.
---
def draw(learning_rate, shape, loud):
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.plot([0, learning_rate], marker=shape if loud else None)
    return f"With {learning_rate} <b>{shape}</b> & {loud}."

explore(draw, learning_rate=[0.1, 0.2, 0.4], shape=["o", "x"], loud=[False, True],
        start={"learning_rate": 0.2, "shape": "x"})
```
"""


def build(book: Path, builder: str = "html") -> None:
    """Build the book with warnings as errors."""
    options = ["-W", "--keep-going"]
    if builder != "html":
        options += ["--builder", "custom", "--custom-builder", builder]
    result = subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", *options, book],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the book, built."""
    book = tmp_path_factory.mktemp("book")
    (book / "part").mkdir()
    (book / "_config.yml").write_text(CONFIG)
    (book / "_toc.yml").write_text(TOC)
    (book / "index.md").write_text(INDEX)
    (book / "part" / "page.md").write_text(PAGE)
    build(book)
    return book


@pytest.fixture
def page(book: Path) -> str:
    """The HTML of the page that has the widget."""
    return (book / "_build/html/part/page.html").read_text()


def frames(page: str) -> dict:
    """Return the widget's frames, as its script reads them."""
    block = re.search(r'class="explore-frames">(.*?)</script>', page, re.DOTALL)
    return json.loads(block[1])


def test_frames_are_files(book, page):
    """Every frame is a file beside the page, and the page carries none itself."""
    content = frames(page)
    assert "base64" not in page
    assert content["labels"] == [["0.1", "0.2", "0.4"], ["o", "x"], ["off", "on"]]
    folder = (book / "_build/html/part" / content["folder"]).resolve()
    assert folder == book / "_build/html/_frames/part/page"
    names = {name for name, _ in content["frames"]}
    assert len(content["frames"]) == 12
    assert names == {file.name for file in folder.iterdir()}
    assert all(file.read_bytes()[8:12] == b"WEBP" for file in folder.iterdir())


def test_first_frame_needs_no_script(page):
    """The picture of the start stands in the page with its sentence as alt text."""
    content = frames(page)
    file, sentence = content["frames"][(1 * 2 + 1) * 2 + 0]
    assert sentence == "With 0.2 <b>x</b> & False."
    image = re.search(r'<img class="explore-picture.*?/>', page)[0]
    assert f'src="{content["folder"]}/{file}"' in image
    assert f'alt="{sentence}"' in unescape(image)
    assert "<b>" not in image
    assert 'width="288" height="192"' in image
    assert f'aria-live="polite">{sentence}</p>' in unescape(page)


def test_controls(page):
    """Each value is native HTML that stands at the start."""
    assert re.search(
        r'<label for="(explore-1-1)">learning rate</label>\s*<input type="range" '
        r'id="\1" min="0" max="2" step="1" value="1" aria-valuetext="0\.2"',
        page,
    )
    assert len(re.findall(r'type="radio" name="explore-1-2"', page)) == 2
    assert re.search(r'value="1" checked autocomplete="off" />x<', page)
    assert '<input type="checkbox" id="explore-1-3" autocomplete="off" />' in page


def test_figure_number_and_references(book, page):
    """The widget is a numbered figure that both pages refer to."""
    caption = r'<figure [^>]*id="fig-wave-widget">.*?<figcaption>.*?Fig\. 2.*?rate'
    assert re.search(caption, page, re.DOTALL)
    index = (book / "_build/html/index.html").read_text()
    for html, target in (
        (page, "#fig-wave-widget"),
        (index, "part/page.html#fig-wave-widget"),
    ):
        link = rf'href="{target}"><span class="std std-numref">Fig\. 2</span>'
        assert re.search(link, html)


def test_assets_only_where_needed(book, page):
    """Script and style come with a widget, and no widget manager ever does."""
    index = (book / "_build/html/index.html").read_text()
    assert "explore.js" in page and "explore.css" in page
    assert "explore.js" not in index and "explore.css" not in index
    assert "application/vnd.jupyter" not in page


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "text", "xml"])
def test_other_builders(book, builder):
    """No builder stumbles, and each shows the first sentence."""
    build(book, builder)
    out = book / "_build" / builder
    pages = [
        p for p in out.rglob("*") if p.suffix in {".html", ".xhtml", ".txt", ".xml"}
    ]
    texts = [unescape(page.read_text()) for page in pages]
    assert any("With 0.2 <b>x</b> & False." in text for text in texts)
    if builder in ("dirhtml", "singlehtml"):
        (page,) = [p for p in pages if "explore-frames" in p.read_text()]
        content = frames(page.read_text())
        for name, _ in content["frames"]:
            assert (page.parent / content["folder"] / name).is_file()


def test_a_changed_widget_leaves_no_old_frames(book):
    """An incremental build drops the frames of the version before.

    Last, for it changes the book.
    """
    folder = book / "_build/html/_frames/part/page"
    before = {file.name for file in folder.iterdir()}
    source = book / "part" / "page.md"
    source.write_text(source.read_text().replace("[0.1, 0.2, 0.4]", "[0.2, 0.8]"))
    build(book)
    after = {file.name for file in folder.iterdir()}
    content = frames((book / "_build/html/part/page.html").read_text())
    assert after == {name for name, _ in content["frames"]}
    assert before - after and after - before
