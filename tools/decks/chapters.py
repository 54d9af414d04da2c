"""What the decks hold: each chapter's cards, its place in the course, its address."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pybtex.database import Entry, parse_file
from pybtex.richtext import Text

from tools.notebooks.address import find_address
from tools.pages import settings
from tools.sources.course import Course


@dataclass(frozen=True)
class Chapter:
    """One chapter that has cards.

    `address` is that of its published page; `sources` gives the works that its cards
    cite, in words, by their keys; `retired` the ids of cards that it has no longer.
    """

    part: str
    slug: str
    part_title: str
    title: str
    address: str
    cards: list[dict[str, Any]]
    sources: dict[str, str]
    retired: tuple[str, ...] = ()


def course_title(root: Path) -> str:
    """The title of the course."""
    return settings(root)["title"]


def chapters(root: Path) -> list[Chapter]:
    """The chapters with cards, in the order of the table of contents.

    A study file that is missing or has faults is left out: the linter and the page
    say what is wrong with it.

    Raises:
        tools.notebooks.address.AddressError: the settings name no address.
    """
    course = Course(root)
    site = find_address(settings(root), os.environ).site
    captions = dict(_captions(root))
    works = _works(root)
    found = []
    for chapter in course.chapters:
        study = course.study(chapter)
        if study.problems or not study.cards or not course.has(chapter.page):
            continue
        cited = {c["source"] for c in study.cards} & works.keys()
        heading = re.search(r"^# (.+)$", course.text(chapter.page), re.M)
        found.append(
            Chapter(
                chapter.part,
                chapter.slug,
                captions.get(chapter.page.removesuffix(".md"), chapter.part),
                heading[1].strip() if heading else chapter.slug,
                f"{site}/{chapter.page.removesuffix('.md')}.html",
                study.cards,
                {key: _in_words(works[key]) for key in sorted(cited)},
                tuple(study.retired),
            )
        )
    return found


def _captions(root: Path) -> Iterator[tuple[str, str]]:
    """Each page of a part with the part's caption."""
    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    for part in toc.get("parts", []):
        for page in part.get("chapters", []):
            yield page["file"], part["caption"]


def _works(root: Path) -> dict[str, Entry]:
    file = root / "references.bib"
    return dict(parse_file(str(file)).entries) if file.exists() else {}


def _in_words(work: Entry) -> str:
    """Authors, year and title: `Baydin et al. (2018): Automatic …`."""
    people = work.persons.get("author") or work.persons.get("editor") or []
    names = [" ".join(map(str, person.rich_last_names)) for person in people]
    more = len(names) > 2 or "others" in names
    who = f"{names[0]} et al." if more else " and ".join(names)
    title = str(Text.from_latex(work.fields.get("title", "")))
    year = work.fields.get("year", "")
    return ": ".join(filter(None, [f"{who} ({year})".strip(), title]))
