"""The text decks in Anki's own importer of text, and as plain lines."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

from anki.collection import Collection, ImportCsvRequest

from tools.decks import tsv
from tools.decks.chapters import Chapter
from tools.decks.pairs import pairs


def take(collection: Collection, file: Path):
    """Import a file as Anki proposes it; return what it says that it did."""
    metadata = collection.get_csv_metadata(str(file), None)
    request = ImportCsvRequest(path=str(file), metadata=metadata)
    return metadata, collection.import_csv(request).log


def written(file: Path, chapters: list[Chapter]) -> Path:
    """A file with the deck of these chapters."""
    file.write_text(tsv.deck(chapters), "utf-8")
    return file


def test_anki_reads_every_line_and_adds_nothing_twice(
    collection, tmp_path, every_chapter
):
    file = written(tmp_path / "deck.tsv", every_chapter)
    metadata, log = take(collection, file)
    lines = list(csv.reader(file.read_text("utf-8").splitlines(), delimiter="\t"))
    assert metadata.Delimiter.Name(metadata.delimiter) == "TAB"
    assert len(log.new) == len(lines) == collection.note_count()
    visible = [[field.replace("\u2060", "") for field in line] for line in lines]
    assert shown(collection) == visible
    _, again = take(collection, file)
    assert (len(again.new), collection.note_count()) == (0, len(lines))


def shown(collection: Collection) -> list[list[str]]:
    """The fields of the notes as a browser shows them, in the order they came in."""
    found = sorted(collection.find_notes(""))
    return [[text(f) for f in collection.get_note(number).fields] for number in found]


def text(html: str) -> str:
    """What is left of HTML without its tags, and without signs of no width."""
    return unescape(re.sub(r"</?[A-Za-z!][^>]*>", "", html)).replace("\u2060", "")


def test_each_pair_is_a_line_of_two_fields(every_chapter):
    cards = [card for chapter in every_chapter for card in chapter.cards]
    lines = tsv.deck(every_chapter).splitlines()
    assert len(lines) == len([pair for card in cards for pair in pairs(card)])
    assert all(line.count("\t") == 1 for line in lines)
    questions = [line.split("\t")[0] for line in lines]
    assert len(set(questions)) == len(questions)


CARD = {
    "id": "part-hostile",
    "kind": "basic",
    "topic": "tools",
    "level": "core",
    "section": "part-section",
    "why": "Why?",
    "source": "chapter",
    "rev": 1,
}


def hostile(front: str, back: str) -> Chapter:
    """A chapter with one card."""
    card = {**CARD, "front": front, "back": back}
    return Chapter("part", "part", "Part", "Title", "https://x.org", [card], {})


def test_what_anki_would_misread_arrives_whole(collection, tmp_path):
    cards = [
        hostile('"Quoted" is *this*?', "A\ttab"),
        hostile("\\#deck: not a header?", "no \\<b>heading\\</b> & `<eos>` & $a<b>c$"),
        hostile("Two\n\n```python\nif x:\n\ty = 1\n```", "- a\n- b"),
    ]
    take(collection, written(tmp_path / "deck.tsv", cards))
    assert shown(collection) == [
        ['"Quoted" is this?', "A    tab"],
        ["#deck: not a header?", r"no <b>heading</b> & <eos> & \(a< b>c\)"],
        ["Two ⏎ if x: ⏎     y = 1", "a; b"],
    ]
