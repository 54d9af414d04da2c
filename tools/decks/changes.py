"""When each card last changed: `tools/decks/changes/<slug>.json`, kept in git.

Anki updates a note only if the time of its last change is later than that of the note
that it has. No tool can tell that time from the content, so it is written down, beside
a hash of what the card was then. `make decks` keeps it up to date.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path

from tools.decks import anki, notetypes
from tools.decks.chapters import Chapter

FOLDER = Path("tools", "decks", "changes")
NOTE_TYPES = "note-types"

Times = dict[str, tuple[str, int]]
"""By card or note type: the hash of its content and the seconds of its change."""


def present(chapters: Iterable[Chapter]) -> dict[str, dict[str, str]]:
    """By file: the hash of each card, or note type, as it is now."""
    types = {t.name: anki.digest(t.content()) for t in notetypes.ALL}
    return {NOTE_TYPES: types} | {
        chapter.slug: {
            card["id"]: anki.content(card, chapter).hash() for card in chapter.cards
        }
        for chapter in chapters
    }


def read(root: Path, name: str) -> Times:
    """What one file holds; nothing if there is none.

    Raises:
        ValueError: it cannot be read.
    """
    file = root / FOLDER / f"{name}.json"
    if not file.exists():
        return {}
    try:
        held = json.loads(file.read_text("utf-8"))
        return {key: (str(made), int(when)) for key, (made, when) in held.items()}
    except (ValueError, TypeError, AttributeError):
        message = f"{FOLDER / file.name} cannot be read: take it from git again"
        raise ValueError(f"{message}, then run `make decks`") from None


def stale(root: Path, chapters: list[Chapter]) -> list[str]:
    """The files that do not say when what is there now came about."""
    now = present(chapters)
    names = [
        name
        for name, hashes in now.items()
        if {key: made for key, (made, _) in read(root, name).items()} != hashes
    ]
    # A file stays as long as its chapter has cards, even if these have faults now.
    alive = {NOTE_TYPES} | {file.stem for file in (root / "study").rglob("*.yml")}
    left = {file.stem for file in (root / FOLDER).glob("*.json")} - alive
    return [(FOLDER / f"{name}.json").as_posix() for name in [*names, *sorted(left)]]


def seconds(root: Path, chapters: list[Chapter]) -> dict[str, int]:
    """The time of the last change of each card and note type.

    One that changed and was not noted yet counts as changed a second after the last
    note: enough to try it out.
    """
    found = {}
    for name, hashes in present(chapters).items():
        held = read(root, name)
        for key, made in hashes.items():
            before, when = held.get(key, ("", 0))
            found[key] = when if before == made else when + 1
    return found


def note(root: Path, chapters: list[Chapter]) -> list[str]:
    """Bring the files up to date; return those that changed.

    Raises:
        ValueError: a card is gone and is not listed as retired.
    """
    for chapter in chapters:
        ids = {card["id"] for card in chapter.cards} | set(chapter.retired)
        for gone in sorted(read(root, chapter.slug).keys() - ids):
            where = f"study/{chapter.part}/{chapter.slug}.yml"
            message = "list it under `retired:`, so that none takes its place"
            raise ValueError(f"{where} has {gone} no longer: {message}")
    changed = stale(root, chapters)
    now, folder = present(chapters), root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for path in changed:
        name = Path(path).stem
        if name not in now:
            (root / path).unlink()
            continue
        held, lines = read(root, name), {}
        for key, made in sorted(now[name].items()):
            before, when = held.get(key, ("", 0))
            if before != made:
                when = max(int(time.time()), when + 1)
            lines[key] = [made, when]
        rows = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in lines.items())
        (root / path).write_text(f"{{\n{rows}\n}}\n", "utf-8")
    return changed
