"""Study data and its chapter: the sections it names, its ids, its sources.

Where a page shows its cards and its quiz is for `tools.sources` to check.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from _ext.study.source import Problem, Study
from tools.notebooks.errors import SourceError
from tools.sources.page import read_page


def check(study: Study, root: Path, keys: set[str]) -> Iterator[Problem]:
    """Faults between the data, `references.bib` and the labels of the chapter."""
    chapter = Path("chapters", study.file.parent.name, f"{study.slug}.md")
    labels = _labels(root, chapter)
    for steps, item in study.items():
        section = item["section"]
        if labels is not None and section not in labels:
            message = f"{chapter} has no label ({section})=: name one that it has"
            yield study.problem((*steps, "section"), message)
        if item["id"] in (labels or ()):
            message = f"is a label of {chapter} too: choose another id"
            yield study.problem((*steps, "id"), message)
        if item["source"] != "chapter" and item["source"] not in keys:
            message = f"{item['source']!r} is no key of references.bib, nor 'chapter'"
            yield study.problem((*steps, "source"), message)


def _labels(root: Path, chapter: Path) -> set[str] | None:
    """The labels of a page; None where `tools.sources` says that it can't be read."""
    try:
        page = read_page((root / chapter).read_text("utf-8"), chapter.as_posix())
    except (FileNotFoundError, SourceError):
        return None
    return {block.name for block in page.of_kind("label")}
