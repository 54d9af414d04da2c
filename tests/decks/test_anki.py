"""The Anki decks in Anki's own backend."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageOptions
from anki.notes import Note

from _ext.study import marks
from tools.decks import anki, changes, notetypes
from tools.decks.chapters import Chapter, chapters
from tools.study.lint import files


def take(collection: Collection, package: Path):
    """Import a package with Anki's own settings; return what it says that it did."""
    options = ImportAnkiPackageOptions(merge_notetypes=False)
    request = ImportAnkiPackageRequest(package_path=str(package), options=options)
    return collection.import_anki_package(request).log


def note(collection: Collection, card: str) -> Note:
    """The note of a card."""
    [found] = collection.find_notes(f'"Id:{card}"')
    return collection.get_note(found)


def cards_of(card: dict) -> int:
    """How many questions a card of the course asks."""
    if card["kind"] == "cloze":
        return len({blank.number for blank in marks.blanks(card["text"])})
    return len(card["aspects"]) if card["kind"] == "compare" else 1


def all_cards(found: list[Chapter]) -> dict[str, dict]:
    """The cards of the chapters by their ids."""
    return {card["id"]: card for chapter in found for card in chapter.cards}


def test_every_study_file_is_in_the_decks(every_chapter):
    root = Path(__file__).parents[2]
    assert {c.slug for c in every_chapter} == {file.stem for file in files(root)}


def test_notes_are_the_cards(collection, apkg, course):
    log = take(collection, apkg())
    wanted = all_cards(chapters(course))
    ids = collection.find_notes("")
    assert {collection.get_note(i)["Id"] for i in ids} == set(wanted)
    assert (len(log.new), len(ids)) == (len(wanted), len(wanted))
    for name, card in wanted.items():
        assert len(note(collection, name).cards()) == cards_of(card), name


def test_each_chapter_is_a_deck_of_its_own(collection, apkg, course):
    take(collection, apkg())
    for chapter in chapters(course):
        name = f"Course::{chapter.part_title}::{chapter.title}"
        found = collection.find_notes(f'"deck:{name}"')
        assert {collection.get_note(i)["Id"] for i in found} == {
            card["id"] for card in chapter.cards
        }


def test_cards_come_in_the_order_of_the_chapter(collection, apkg, course):
    take(collection, apkg("convolution"))
    chapter = next(c for c in chapters(course) if c.slug == "convolution")
    shown = []
    for i in collection.find_cards("", order="c.due asc, c.ord asc"):
        name = collection.get_card(i).note()["Id"]
        shown += [] if name in shown else [name]
    assert shown == [card["id"] for card in chapter.cards]


def test_importing_again_adds_nothing(collection, apkg):
    take(collection, apkg("convolution"))
    whole = apkg()
    take(collection, whole)
    notes, cards = collection.note_count(), collection.card_count()
    for package in (whole, apkg("backpropagation"), apkg()):
        log = take(collection, package)
        assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    assert (collection.note_count(), collection.card_count()) == (notes, cards)
    assert len(collection.models.all_names_and_ids()) == len(
        {m.name for m in collection.models.all_names_and_ids()}
    )


def answer_all(collection: Collection, rating: int) -> None:
    """Give every card that is asked now this rating."""
    config = collection.decks.get_config(1)
    config["new"]["perDay"] = 999
    collection.decks.save(config)
    collection.decks.select(collection.decks.id("Course"))
    while card := collection.sched.getCard():
        collection.sched.answerCard(card, rating)


OLD, NEW = "Multiply along a path; add over all paths.", "Multiply, then $a < b$ add."
EDITED = "backpropagation-multiply-add"


def test_an_edited_card_is_updated_and_keeps_its_reviews(
    collection, apkg, edit, course
):
    take(collection, apkg())
    answer_all(collection, 4)
    state = "select id, nid, ord, type, queue, due, ivl, factor, reps from cards"
    cards = collection.db.all(state)
    reviews = collection.db.all("select * from revlog")
    assert len(reviews) >= sum(map(cards_of, all_cards(chapters(course)).values()))

    edit(OLD, NEW)
    log = take(collection, apkg())

    assert [entry.fields[0] for entry in log.updated] == [EDITED]
    assert not log.new
    assert (
        note(collection, EDITED)["Back"] == r"<p>Multiply, then \(a &lt; b\) add.</p>"
    )
    assert collection.db.all(state) == cards
    assert collection.db.all("select * from revlog") == reviews


def test_a_second_edit_within_the_same_second_arrives_too(
    collection, apkg, edit, monkeypatch
):
    now = time.time()
    monkeypatch.setattr(changes.time, "time", lambda: now)
    take(collection, apkg())
    for old, new in ((OLD, "Once."), ("back: Once.", "back: Twice.")):
        edit(old, new)
        take(collection, apkg())
    assert note(collection, EDITED)["Back"] == "<p>Twice.</p>"


def test_a_clock_set_back_holds_no_edit_back(collection, apkg, edit, monkeypatch):
    take(collection, apkg())
    monkeypatch.setattr(changes.time, "time", lambda: 1e9)
    edit(OLD, "New.")
    assert len(take(collection, apkg()).updated) == 1


def test_a_new_aspect_adds_a_card_and_leaves_the_others(collection, apkg, edit):
    take(collection, apkg("convolution"))
    before = [card.id for card in note(collection, "convolution-flip").cards()]
    edit(
        "        values: ['no', 'yes']\n",
        "        values: ['no', 'yes']\n"
        "      - {aspect: Commutes, values: ['yes', 'no']}\n",
    )
    take(collection, apkg("convolution"))
    after = [card.id for card in note(collection, "convolution-flip").cards()]
    assert after[:2] == before
    assert len(after) == 3


def test_the_learners_style_decks_and_flags_stay(collection, apkg, edit):
    take(collection, apkg())
    model = note(collection, EDITED).note_type()
    model["css"] += "/* mine */"
    collection.models.update_dict(model)
    cards = [card.id for card in note(collection, EDITED).cards()]
    mine = collection.decks.id("Mine")
    collection.set_deck(cards, mine)
    collection.set_user_flag_for_cards(3, cards)

    edit(OLD, NEW)
    take(collection, apkg())

    changed = note(collection, EDITED)
    assert changed["Back"].startswith("<p>Multiply, then")
    assert changed.note_type()["css"].endswith("/* mine */")
    assert [(c.did, c.user_flag()) for c in changed.cards()] == [(mine, 3)]


def test_what_the_learner_edited_later_is_not_overwritten(collection, apkg, edit):
    take(collection, apkg())
    edit(OLD, NEW)
    own = note(collection, EDITED)
    own["Back"] = "mine"
    collection.update_note(own)
    collection.db.execute("update notes set mod = mod + 60 where id = ?", own.id)
    take(collection, apkg())
    assert note(collection, EDITED)["Back"] == "mine"


def test_same_cards_same_bytes(course):
    found = chapters(course)
    times = changes.seconds(course, found)
    first = anki.package("Course", found, times)
    assert first == anki.package("Course", chapters(course), times)


def test_every_card_renders(collection, apkg, course):
    take(collection, apkg())
    wanted = all_cards(chapters(course))
    assert wanted
    for number in collection.find_cards(""):
        card = collection.get_card(number)
        front, back = card.question(), card.answer()
        name = card.note()["Id"]
        for side in (front, back):
            assert "{{" not in side and "Spare" not in side, name
            assert "problem" not in side.lower() or "problem" in str(wanted[name]), name
            assert side.count(r"\(") == side.count(r"\)"), name
        assert "Why it matters" in back and "Taught in" in back, name
        assert "Why it matters" not in front, name
        if wanted[name]["kind"] == "cloze":
            assert "[...]" in front and 'class="cloze"' in back, name


def test_every_formula_is_given_to_mathjax(collection, apkg, course):
    take(collection, apkg())
    for name, card in all_cards(chapters(course)).items():
        held = " ".join(note(collection, name).values())
        unescaped = unescape(held)
        shown = re.findall(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", unescaped, re.S)
        shown = [(a or b).strip() for a, b in shown]
        texts = [str(v) for k, v in card.items() if k in ("front", "back", "why")]
        texts += [text for a in card.get("aspects", []) for text in a["values"]]
        for tex in (tex for text in texts for tex in marks.formulas(text)):
            assert tex.strip() in shown, name
        assert "$" not in unescaped or "$" in "".join(marks.codes(str(card))), name


HOSTILE = {
    "kind": "cloze",
    "topic": "tools",
    "level": "core",
    "section": "convolution-size",
    "why": '`<b>` & "x" stay text.',
    "source": "chapter",
    "rev": 1,
}


def rendered(collection: Collection, tmp_path: Path, text: str) -> list[str]:
    """The questions and answers that Anki makes of a cloze."""
    card = {**HOSTILE, "id": "convolution-hostile", "text": text}
    chapter = Chapter("cnns", "convolution", "Part", "Title", "https://x", [card], {})
    times = {t.name: 1 for t in notetypes.ALL} | {card["id"]: 1}
    file = tmp_path / "hostile.apkg"
    file.write_bytes(anki.package("Course", [chapter], times))
    take(collection, file)
    made = [collection.get_card(i) for i in collection.find_cards("")]
    return [plain(side) for card in made for side in (card.question(), card.answer())]


def plain(side: str) -> str:
    """A side without its style, tags and notes, with its characters unescaped."""
    text = re.sub(r"<style>.*?</style>|<div class=\"notes\">.*", "", side, flags=re.S)
    text = re.sub(r"<[^>]+>", "", text)
    return unescape(text).strip()


def test_braces_of_a_formula_do_not_end_a_blank(collection, tmp_path):
    front, back = rendered(
        collection, tmp_path, r"So {{c1::$\frac{1}{x^{2}}$|one}} it is."
    )
    assert front == "So [...] it is."
    assert back == r"So \(\frac{1}{x^{2}}\) it is."


def test_a_blank_inside_a_formula(collection, tmp_path):
    front, back = rendered(
        collection, tmp_path, r"The rule $a<b+{{c1::x^{n_{1}}}}$ holds."
    )
    assert front == r"The rule \(a<b+[...]\) holds."
    assert back == r"The rule \(a<b+x^{n_{1}}\) holds."


def test_colons_of_code_are_no_hint(collection, tmp_path):
    front, back = rendered(
        collection, tmp_path, "Call {{c1::`x[::2] < y`}} & `{{c2::z}}`."
    )[:2]
    assert front == "Call [...] & z."
    assert back == "Call x[::2] < y & z."


SPARE = ("Spare1", "Spare2", "Spare3", "Spare4")


def test_field_names_and_ids_are_those_of_the_first_release():
    assert {(t.id, t.name, t.fields) for t in notetypes.ALL} == {
        (
            1786300001,
            "Deep Learning, Line by Line: question",
            tuple("Id Front Back Why Source Link".split()) + SPARE,
        ),
        (
            1786300002,
            "Deep Learning, Line by Line: cloze",
            tuple("Id Text Why Source Link".split()) + SPARE,
        ),
        (
            1786300003,
            "Deep Learning, Line by Line: comparison",
            (
                *("Id", "Front", "Aspect1", "Answer1", "Aspect2", "Answer2"),
                *("Aspect3", "Answer3", "Aspect4", "Answer4", "Aspect5", "Answer5"),
                *("Aspect6", "Answer6", "Why", "Source", "Link", *SPARE),
            ),
        ),
    }


def test_guids_are_those_of_the_first_release(collection, apkg):
    take(collection, apkg("convolution"))
    assert note(collection, "convolution-slide").guid == "vDVzdQ?^h*"
