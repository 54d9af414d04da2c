"""Writes the decks into a folder: each chapter's, and those of the whole course.

What was made before is kept aside, by a hash of everything that it is made from, and
copied: a build in which no card changed makes nothing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from _ext.study import marks
from tools.browser import NoBrowserError
from tools.decks import anki, changes, notetypes, org, sheets, tsv
from tools.decks.chapters import Chapter, chapters, course_title

CODE = Path(__file__).parent
MERGE = "update-deck.el"
WHOLE = "whole-course"


@dataclass(frozen=True)
class Deck:
    """One deck in all its formats: `name` is that of its files, without a suffix."""

    name: str
    title: str
    chapters: list[Chapter]


@dataclass(frozen=True)
class Written:
    """The decks that a folder holds now, and what stands in the way of the rest."""

    decks: list[Deck]
    problems: list[str]


def write(root: Path, out: Path, store: Path, *, preview: bool = False) -> Written:
    """Write all decks of the course into `out`; `store` keeps them between builds.

    A preview prints no sheets, which takes long: those that are kept are there.

    Raises:
        ValueError: a card holds something that other programs cannot be given.
    """
    found = chapters(root)
    if not found:
        return Written(
            [], ["there are no cards: the study files are missing or faulty"]
        )
    times = changes.seconds(root, found)
    problems = [
        f"{name} does not know these cards: run `make decks`"
        for name in changes.stale(root, found)
    ]
    title = course_title(root)
    decks = [Deck(WHOLE, title, found)]
    decks += [Deck(chapter.slug, chapter.title, [chapter]) for chapter in found]
    keys = {deck.name: _key(title, deck, times) for deck in decks}
    makers: dict[str, Callable[[Deck], bytes]] = {
        "apkg": lambda deck: anki.package(title, deck.chapters, times),
        "org": lambda deck: org.deck(deck.title, deck.chapters).encode(),
        "tsv": lambda deck: tsv.deck(deck.chapters).encode(),
    }
    for suffix, make in makers.items():
        for deck in decks:
            file = store / keys[deck.name] / f"{deck.name}.{suffix}"
            if not file.exists():
                _put(file, make(deck))
    try:
        if not preview:
            _print(decks, {d.name: store / keys[d.name] for d in decks}, title, times)
    except NoBrowserError as error:
        print(f"the cards to print are left out: {error}", file=sys.stderr)
    _deliver(store, out, keys)
    return Written(decks, problems)


def _key(title: str, deck: Deck, times: dict[str, int]) -> str:
    """A hash of everything that the files of a deck are made from."""
    wanted = {card["id"] for chapter in deck.chapters for card in chapter.cards}
    wanted |= {t.name for t in notetypes.ALL}
    files = [Path(marks.__file__), *CODE.glob("*.py"), *CODE.glob("*.css")]
    code = [file.read_text("utf-8") for file in sorted(files)]
    content = [asdict(chapter) for chapter in deck.chapters]
    dates = {name: times[name] for name in sorted(wanted)}
    return anki.digest([title, deck.title, content, dates, code])


def _print(
    decks: list[Deck], folders: dict[str, Path], title: str, times: dict[str, int]
) -> None:
    """Make the sheets that are not there, all in one run of the browser."""
    files = {deck.name: folders[deck.name] / f"{deck.name}.pdf" for deck in decks}
    missing = [deck for deck in decks if not files[deck.name].exists()]
    if missing:
        wanted = [(deck.title, deck.chapters) for deck in missing]
        made = sheets.make(wanted, max(times.values()))
        for deck, pdf in zip(missing, made, strict=True):
            _put(files[deck.name], pdf)


def _put(file: Path, content: bytes) -> None:
    """Write a file in one step: half of one would be taken for the whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}")
    part.write_bytes(content)
    part.replace(file)


def _deliver(store: Path, out: Path, keys: dict[str, str]) -> None:
    """Copy what belongs to the present cards, and remove what does not."""
    for old in store.iterdir():
        if old.name not in keys.values():
            shutil.rmtree(old)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for key in keys.values():
        for file in sorted((store / key).glob("[!.]*")):
            shutil.copyfile(file, out / file.name)
    shutil.copyfile(CODE / MERGE, out / MERGE)
