"""Anki decks: one note a card of the course, found again by its id for ever.

Anki takes a note of an import for one that it has by the note's GUID, and replaces it
if the incoming one was changed later. So the GUID is made from the card's id, and the
time is that of the last change of the content, which `changes` keeps.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any, NamedTuple

import genanki

from _ext.study import marks
from tools.decks import html, notetypes, pairs
from tools.decks.chapters import Chapter
from tools.decks.markdown import Dialect, write

NAMESPACE = "deep-learning-line-by-line"


class Content(NamedTuple):
    """What the note of a card holds, apart from where its chapter is published."""

    type: notetypes.NoteType
    fields: dict[str, str]
    tags: list[str]
    section: str

    def hash(self) -> str:
        """A short hash, for `changes`."""
        return digest([self.type.name, self.fields, self.tags, self.section])


def digest(value: Any) -> str:
    """A short hash of anything that JSON can hold."""
    text = json.dumps(value, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def content(card: dict[str, Any], chapter: Chapter) -> Content:
    """The note of a card.

    Raises:
        ValueError: the card holds something that other programs cannot be given.
    """
    try:
        return _content(card, chapter)
    except ValueError as error:
        raise ValueError(f"{card['id']}: {error}") from None


def _content(card: dict[str, Any], chapter: Chapter) -> Content:
    def inline(text: str) -> str:
        return write(text, html.ANKI).removeprefix("<p>").removesuffix("</p>")

    fields = {"Id": card["id"], "Why": inline(card["why"])}
    fields["Source"] = html.ANKI.text(chapter.sources.get(card["source"], ""))
    if card["kind"] == "cloze":
        made = notetypes.CLOZE
        fields["Text"] = cloze(card["text"])
    elif card["kind"] == "compare":
        made = notetypes.COMPARE
        fields["Front"] = write(card["front"], html.ANKI)
        for i, aspect in enumerate(card["aspects"], 1):
            fields[f"Aspect{i}"] = inline(aspect["aspect"])
            fields[f"Answer{i}"] = write(pairs.answer(card, aspect), html.ANKI)
    else:
        made = notetypes.BASIC
        fields["Front"] = write(card["front"], html.ANKI)
        fields["Back"] = write(pairs.back(card), html.ANKI)
    tags = [
        f"dl-line-by-line::{chapter.part}::{chapter.slug}",
        f"dl-line-by-line::topic::{card['topic']}",
        f"dl-line-by-line::level::{card['level']}",
    ]
    return Content(made, fields, tags, card["section"])


def cloze(text: str) -> str:
    """A text with blanks as the HTML of Anki's cloze notes."""
    tokenised, found = marks.tokenise(text)

    def filled(made: str, raw: bool) -> str:
        def blank(match: Any) -> str:
            one = found[int(match[1])]
            if raw:
                shown = html.ANKI.text(one.answer.strip("$`"))
            else:
                shown = write(one.answer, html.ANKI)
                shown = shown.removeprefix("<p>").removesuffix("</p>")
            # Anki ends a blank at the first }} and takes what follows :: for a hint.
            shown = shown.replace("}", "&#125;").replace("::", "&#58;&#58;")
            return f"{{{{c{one.number}::{shown}}}}}"

        return marks.TOKEN.sub(blank, made)

    def text_of(s: str) -> str:
        return filled(html.ANKI.text(s), raw=False)

    def code_of(s: str) -> str:
        return filled(html.ANKI.text(s), raw=True)

    def math_of(tex: str, display: bool) -> str:
        return filled(html.mathjax(tex, display), raw=True)

    to: Dialect = html.dialect(math_of, text_of, code_of)
    return write(tokenised, to)


class Note(genanki.Note):
    """A note with the time of its own last change."""

    changed: int

    def write_to_db(self, cursor: Any, timestamp: float, *rest: Any) -> None:
        """As genanki writes it, but with that time."""
        super().write_to_db(cursor, self.changed, *rest)


def package(title: str, chapters: list[Chapter], changed: dict[str, int]) -> bytes:
    """The `.apkg` of some chapters, each a deck below that of the course.

    `changed` gives the seconds of the last change by card id and note type's name.
    The same cards give the same bytes.
    """
    models = {t.name: notetypes.Model(t, changed[t.name]) for t in notetypes.ALL}
    decks = []
    for chapter in chapters:
        name = "::".join([title, chapter.part_title, chapter.title])
        deck = genanki.Deck(_deck_id(chapter.slug), name)
        for place, card in enumerate(chapter.cards):
            made = content(card, chapter)
            fields = {**made.fields, "Link": _link(chapter, card["section"])}
            note = Note(
                models[made.type.name],
                [fields.get(name, "") for name in made.type.fields],
                tags=made.tags,
                guid=genanki.guid_for(NAMESPACE, card["id"]),
                due=place,
            )
            note.changed = changed[card["id"]]
            deck.add_note(note)
        decks.append(deck)
    newest = max(note.changed for deck in decks for note in deck.notes)
    written = io.BytesIO()
    genanki.Package(decks).write_to_file(written, timestamp=newest)
    return _without_dates(written.getvalue())


def _deck_id(slug: str) -> int:
    """A number that Anki takes for a deck of its own, the same for ever."""
    return (1 << 40) + int(hashlib.sha256(slug.encode()).hexdigest()[:9], 16)


def _link(chapter: Chapter, section: str) -> str:
    return html.ANKI.link(html.ANKI.text(chapter.title), f"{chapter.address}#{section}")


def _without_dates(package: bytes) -> bytes:
    """The same archive without the time at which it was made."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return made.getvalue()
