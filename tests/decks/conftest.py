"""The course's decks as they are, and a copy of the course whose cards a test edits."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki.collection import Collection

from tools.decks import anki, changes
from tools.decks.chapters import Chapter, chapters
from tools.pages import ROOT

SOURCES = ("_config.yml", "_toc.yml", "references.bib", "chapters", "study")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of what the decks are made from, every change noted."""
    root = tmp_path / "course"
    root.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    changes.note(root, chapters(root))
    return root


@pytest.fixture
def edit(course: Path) -> Callable[[str, str], None]:
    """Replace a text of a study file of the copy, and note the change."""

    def replace(old: str, new: str) -> None:
        [file] = [f for f in course.rglob("study/*/*.yml") if old in f.read_text()]
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
        assert changes.note(course, chapters(course))

    return replace


@pytest.fixture
def apkg(course: Path, tmp_path: Path) -> Callable[..., Path]:
    """Write the Anki deck of the copy's chapters, or of the named ones."""

    def write(*slugs: str) -> Path:
        found = chapters(course)
        times = changes.seconds(course, found)
        chosen = [c for c in found if c.slug in slugs] or found
        file = tmp_path / "deck.apkg"
        file.write_bytes(anki.package("Course", chosen, times))
        return file

    return write


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """A new collection of Anki's own backend."""
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def every_chapter() -> list[Chapter]:
    """The chapters of the course that have cards."""
    return chapters(ROOT)
