"""The index of all items and the scripts of the chapters, of small books."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.book.test_study import YAML, book, build, change

__all__ = ["book"]

INDEX = """# Home

```{toctree}
:caption: The second part

chapters/other/second
```

```{toctree}
:caption: The first part

chapters/part/demo
plain
references
```
"""


def static(book: Path) -> Path:
    """Where the scripts are."""
    return book / "out" / "_static" / "study"


def read_index(book: Path) -> dict:
    """The index as data."""
    text = (static(book) / "index.js").read_text("utf-8")
    start = "(window.dlblStudy = window.dlblStudy || {}).index="
    assert text.startswith(start)
    return json.loads(text.removeprefix(start).removesuffix(";\n"))


def read_deck(book: Path, slug: str) -> dict:
    """The trees of a chapter."""
    text = (static(book) / f"{slug}.js").read_text("utf-8")
    start = f'dlblStudy.deck("{slug}",'
    assert text.startswith(start)
    return json.loads(text.removeprefix(start).removesuffix(");\n"))


@pytest.fixture
def two(book: Path) -> Path:
    """The book with a second chapter, which comes first, and a page of its slug."""
    (book / "index.md").write_text(INDEX, "utf-8")
    for folder in ("chapters/other", "study/other"):
        (book / folder).mkdir(parents=True)
    page = (book / "chapters/part/demo.md").read_text("utf-8")
    data = (book / YAML).read_text("utf-8")
    second = page.replace("demo", "second").replace("# ", "# Second: ", 1)
    (book / "chapters/other/second.md").write_text(second, "utf-8")
    ours = data.replace("demo-", "second-").replace("second-book", "demo-book")
    (book / "study/other/second.yml").write_text(ours, "utf-8")
    return book


def test_index(two: Path) -> None:
    """Parts and chapters in the order of the book, items in that of their file."""
    assert build(two) == []
    index = read_index(two)
    assert index["parts"] == [
        {"name": "other", "title": "The second part"},
        {"name": "part", "title": "The first part"},
    ]
    assert [one["slug"] for one in index["chapters"]] == ["second", "demo"]
    demo = index["chapters"][1]
    assert (demo["part"], demo["url"]) == ("part", "chapters/part/demo.html")
    card = ["demo-gradient-shape", "basic", "mathematics", "core", 1, "demo-cards"]
    assert demo["cards"][0] == card
    assert len(demo["cards"]) == 8
    assert len(demo["questions"]) == 7
    kinds = {entry[0]: entry[6:] for entry in demo["questions"]}
    assert kinds["demo-q-numeric"][1] in (0, 1)
    assert {tests for tests, _ in kinds.values()} <= {
        "misconception",
        "compute",
        "predict",
        "recall",
    }
    assert sum(generated for _, generated in kinds.values()) == 1
    assert "demo-cards" in demo["sections"]


def test_decks_hold_what_the_index_names(two: Path) -> None:
    """Each item has its tree, with addresses from the root of the site."""
    assert build(two) == []
    for chapter in read_index(two)["chapters"]:
        deck = read_deck(two, chapter["slug"])
        for kind in ("cards", "questions"):
            assert set(deck[kind]) == {entry[0] for entry in chapter[kind]}
        written = json.dumps(deck)
        assert '"href": "references.html#' in written
        assert '"href": "../' not in written


def test_unchanged_files_are_not_written_again(two: Path) -> None:
    """So that what a browser keeps stays valid."""
    assert build(two) == []
    before = {file: file.stat().st_mtime_ns for file in static(two).iterdir()}
    version = read_index(two)["version"]
    assert build(two) == []
    assert {file: file.stat().st_mtime_ns for file in static(two).iterdir()} == before
    change(two, YAML, "Why do gradients *add*", "Why do gradients *sum up*")
    assert build(two) == []
    after = {file: file.stat().st_mtime_ns for file in static(two).iterdir()}
    changed = {file.name for file in after if after[file] != before[file]}
    assert changed == {"index.js", "demo.js"}
    assert read_index(two)["version"] != version
    assert '"sum up"' in json.dumps(read_deck(two, "demo"))


def test_chapter_that_goes_takes_its_script_along(two: Path) -> None:
    """Nothing of it is left in the site."""
    assert build(two) == []
    shutil.rmtree(two / "chapters/other")
    shutil.rmtree(two / "study/other")
    (two / "index.md").write_text(
        INDEX.replace("chapters/other/second", "plain"), "utf-8"
    )
    build(two)
    assert [one["slug"] for one in read_index(two)["chapters"]] == ["demo"]
    assert {file.name for file in static(two).iterdir()} == {"index.js", "demo.js"}


def test_book_without_cards(book: Path) -> None:
    """The index is there, and empty."""
    shutil.rmtree(book / "study")
    (book / "chapters/part/demo.md").write_text("# Demo\n", "utf-8")
    build(book)
    index = read_index(book)
    assert (index["parts"], index["chapters"]) == ([], [])


def test_review_page(book: Path) -> None:
    """It has its scripts in order, its place, and a word for readers without script."""
    (book / "plain.md").write_text("# R\n\n```{review} today\n```\n", "utf-8")
    assert build(book) == []
    html = (book / "out" / "plain.html").read_text("utf-8")
    names = ("study-generators.js", "study.js", "study/index.js", "review.js")
    places = [html.index(f"_static/{name}") for name in names]
    assert places == sorted(places)
    assert '<div class="study-review" data-loads="_static/study/"' in html
    assert "<noscript><p>A script shows this" in html
