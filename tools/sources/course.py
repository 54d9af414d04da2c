"""The course as the rules see it: its chapters, pages, study data and references."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from _ext.study.source import Study, read
from tools.pages import listed_pages
from tools.sources.page import Page, read_page


class Chapter(NamedTuple):
    """A chapter by its part and slug; each wing has one file for it."""

    part: str
    slug: str

    @property
    def page(self) -> str:
        """The lesson."""
        return f"chapters/{self.part}/{self.slug}.md"

    @property
    def exercises(self) -> str:
        """The exercises, derived from the solutions."""
        return f"exercises/{self.part}/{self.slug}.md"

    @property
    def solutions(self) -> str:
        """The exercises with their answers."""
        return f"solutions/{self.part}/{self.slug}.md"

    @property
    def study(self) -> str:
        """The cards and the quiz."""
        return f"study/{self.part}/{self.slug}.yml"

    @property
    def checks(self) -> str:
        """What tells a learner whether an exercise is right."""
        return f"utils/checks/{self.slug.replace('-', '_')}.py"

    @property
    def files(self) -> tuple[str, ...]:
        """All five files."""
        return self.page, self.exercises, self.solutions, self.study, self.checks


@dataclass(frozen=True)
class Course:
    """Everything under `root`, read at first use and then kept."""

    root: Path

    @cached_property
    def toc(self) -> list[str]:
        """Every page of `_toc.yml` in order, as a path with suffix."""
        return [page.as_posix() for page in listed_pages(self.root)]

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The chapters of `_toc.yml`, in order."""
        found = [re.fullmatch(r"chapters/([\w-]+)/([\w-]+)\.md", p) for p in self.toc]
        return [Chapter(*m.groups()) for m in found if m and m[1] != "reference"]

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page that exists and is written by hand, by path.

        Raises:
            tools.notebooks.errors.SourceError: a page cannot be parsed.
        """
        paths = [p for p in self.toc if not p.startswith("exercises/")]
        return {p: read_page(self.text(p), p) for p in paths if self.has(p)}

    @cached_property
    def labels(self) -> set[str]:
        """Every label, figure and equation that a reference may name."""
        pages = self.pages.values()
        found = {name for page in pages for name, _ in labels_of(page)}
        return found | {f"ex-{chapter.slug}" for chapter, _ in self.answers()}

    @cached_property
    def citations(self) -> dict[str, int]:
        """The line of each entry of `references.bib` by its key."""
        lines = self.text("references.bib").splitlines()
        found = [(re.match(r"@\w+\{([^,\s]+),", line), n) for n, line in _count(lines)]
        return {m[1]: n for m, n in found if m}

    @cached_property
    def terms(self) -> set[str]:
        """The terms of the glossary, in lower case."""
        return {
            line.strip().lower()
            for page in self.pages.values()
            for block in page.directives("glossary")
            for line in block.body.splitlines()
            if line.strip() and not line.startswith((" ", ":"))
        }

    def page(self, path: str) -> Page | None:
        """Return a page, or None where it does not exist."""
        return self.pages.get(path)

    def lessons(self) -> Iterator[tuple[Chapter, Page]]:
        """Yield each chapter with its lesson, where that exists."""
        for chapter in self.chapters:
            if page := self.page(chapter.page):
                yield chapter, page

    def answers(self) -> Iterator[tuple[Chapter, Page]]:
        """Yield each chapter with its solutions, where they exist."""
        for chapter in self.chapters:
            if page := self.page(chapter.solutions):
                yield chapter, page

    def notebooks(self) -> Iterator[Page]:
        """Yield every page with code to run: each lesson, then each solutions page."""
        for _, page in (*self.lessons(), *self.answers()):
            yield page

    def study(self, chapter: Chapter) -> Study:
        """Return the study data of a chapter; without items where it has none."""
        return read(self.root / chapter.study)

    def has(self, path: str) -> bool:
        """Tell whether a file exists."""
        return (self.root / path).is_file()

    def text(self, path: str) -> str:
        """Return the text of a file."""
        return (self.root / path).read_text(encoding="utf-8")

    def line_of(self, path: str, text: str) -> int:
        """Return the number of the first line that contains `text`, or 1."""
        for number, line in _count(self.text(path).splitlines()):
            if text in line:
                return number
        return 1


def labels_of(page: Page) -> list[tuple[str, int]]:
    """Return every name a page gives to a place, figure or equation, with its line."""
    found: list[tuple[str, int]] = []
    for block in page.walk():
        if block.kind in ("label", "equation") and block.name:
            found.append((block.name, block.line))
        elif block.kind == "directive" and "name" in block.options:
            found.append((str(block.options["name"]), block.line))
        elif block.kind == "code":
            figure = block.options.get("mystnb", {}).get("figure", {})
            if "name" in figure:
                found.append((str(figure["name"]), block.line))
    return found


def _count(lines: list[str]) -> list[tuple[int, str]]:
    return list(enumerate(lines, 1))
