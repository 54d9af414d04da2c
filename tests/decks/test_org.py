"""The decks for org-drill, in Emacs with org-drill."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.programs import need
from tools.decks import org
from tools.decks.chapters import Chapter
from tools.decks.files import CODE, MERGE
from tools.decks.pairs import pairs


@pytest.fixture
def deck(tmp_path: Path, every_chapter: list[Chapter]) -> Path:
    """The deck of the whole course."""
    return written(tmp_path / "mine.org", every_chapter)


def written(file: Path, chapters: list[Chapter]) -> Path:
    """A file with the deck of these chapters."""
    file.write_text(org.deck("Course", chapters), "utf-8")
    return file


def emacs(*arguments: str | Path) -> str:
    """Run Emacs without a window; return what it prints."""
    command = [need("emacs"), "--batch", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def drill(function: str, file: Path) -> list[str]:
    """Call one of the functions of `drill.el` with a file."""
    script = Path(__file__).with_name("drill.el")
    return emacs("-l", script, "-f", f"deck-{function}", file).splitlines()


def update(mine: Path, new: Path) -> str:
    """Merge two files as the page tells learners to; return the text."""
    emacs("-l", CODE / MERGE, "-f", "update-deck-batch", mine, new)
    return mine.read_text("utf-8")


def wanted(chapters: list[Chapter]) -> list[str]:
    """The ids of all entries, from the study files."""
    cards = [card for chapter in chapters for card in chapter.cards]
    return [pair.id for card in cards for pair in pairs(card)]


def entry(text: str, name: str) -> str:
    """The entry of this id, from its heading on."""
    found = re.split(r"^(?=\*\* )", text, flags=re.M)
    [one] = [part for part in found if f":ID: {name}\n" in re.sub(r" +", " ", part)]
    return one


def test_entries_are_the_cards(deck, every_chapter):
    *found, dormant = drill("entries", deck)
    assert Counter(found) == Counter(wanted(every_chapter))
    assert dormant == "dormant 0"
    assert len(set(found)) == len(found)


def test_a_card_of_each_kind_gives_its_entries(every_chapter):
    for chapter in every_chapter:
        for card in chapter.cards:
            made = len(pairs(card))
            if card["kind"] == "compare":
                assert made == len(card["aspects"])
            elif card["kind"] == "cloze":
                assert made == len(set(re.findall(r"\{\{(c\d+)::", card["text"])))
            else:
                assert made == 1


CARD = {
    "id": "part-hostile",
    "kind": "basic",
    "topic": "tools",
    "level": "core",
    "section": "part-section",
    "front": "Is `x[0]` in [0, 1) or [0, 1]?\n\n```python\n* x[1]\n#+end_src\n```\n",
    "back": "\\* It is [1] for `~x[1]`, \\# not $[0]$; see [it](https://x.org/a_b).",
    "why": "*Why* not?",
    "source": "chapter",
    "rev": 1,
}
HOSTILE = Chapter("part", "part", "Part", "Title", "https://x.org/t", [CARD], {})


def test_nothing_is_taken_for_a_cloze(deck, tmp_path):
    assert drill("hidden", deck) == []
    assert drill("hidden", written(tmp_path / "hostile.org", [HOSTILE])) == []
    bracketed = deck.read_text("utf-8").replace("How do local", "How [do] local")
    deck.write_text(bracketed, "utf-8")
    assert drill("hidden", deck) == ["[do]"]


def test_text_does_not_become_structure(tmp_path):
    file = written(tmp_path / "hostile.org", [HOSTILE])
    assert drill("entries", file) == ["part-hostile", "dormant 0"]
    assert file.read_text("utf-8").count("\n*** ") == 2
    assert "\n,* x[1]\n,#+end_src\n" in file.read_text("utf-8")


def test_an_update_keeps_every_schedule(deck, tmp_path, every_chapter):
    drill("rate", deck)
    before = drill("schedules", deck)
    assert len(before) == len(wanted(every_chapter))
    assert all(re.search(r"<\d{4}-\d\d-\d\d.* 4 \[\d{4}", line) for line in before)

    first, *rest = every_chapter[0].cards
    edited = {**first, "front": "An edited question?", "topic": "evaluation"}
    added = {**CARD, "id": "backpropagation-added"}
    cards = [added, *reversed(rest), edited]
    changed = [replace(every_chapter[0], cards=cards), *every_chapter[1:]]
    text = update(deck, written(tmp_path / "new.org", changed))

    kept = drill("schedules", deck)
    assert sorted(before) == sorted(k for k in kept if "-added" not in k)
    *new, dormant = drill("entries", deck)
    assert (new, dormant) == (["backpropagation-added"], f"dormant {len(before)}")
    one = entry(text, first["id"])
    assert "An edited question?" in one
    assert first["front"] not in text
    assert one.splitlines()[0].endswith(":drill:evaluation:core:")
    # The order is that of the new version.
    ids = re.findall(r"^:ID: +(\S+)", text, re.M)
    assert ids == wanted(changed)


def test_an_update_to_the_same_version_changes_nothing(deck, tmp_path):
    drill("rate", deck)
    before = deck.read_text("utf-8")
    fresh = tmp_path / "new.org"
    fresh.write_text(re.sub(r"^(SCHEDULED|:DRILL_).*\n", "", before, flags=re.M))
    update(deck, fresh)
    assert drill("schedules", deck)
    squeezed = [re.sub(r" +", " ", t) for t in (before, deck.read_text("utf-8"))]
    assert squeezed[0] == squeezed[1]


def test_an_update_keeps_what_is_the_learners_own(deck, tmp_path, every_chapter):
    text = deck.read_text("utf-8")
    first, second, third, *_ = wanted(every_chapter)
    heads = {name: entry(text, name).splitlines()[0] for name in (first, second, third)}
    own_note = f"{entry(text, first)}*** My remark\nIt is the sum rule.\n"
    text = text.replace(entry(text, first), own_note)
    text = text.replace(heads[first], heads[first].replace(":drill:", ":drill:mine:"))
    text = text.replace(heads[second], heads[second].replace(":drill:", ":"))
    text = text.replace(heads[third], heads[third].replace("** ", "** TODO "))
    text += (
        "* My cards\n** One :drill:\n:PROPERTIES:\n:ID: my-own\n:END:\nQ?\n*** A\nA.\n"
    )
    text += "** Loose thought\nNot a card.\n"
    deck.write_text(text, "utf-8")

    cards = every_chapter[0].cards
    gone, last = pairs(cards[-1])[0].id, wanted(every_chapter)[-1]
    shorter = [replace(every_chapter[0], cards=cards[:-1]), *every_chapter[1:]]
    for turn in range(2):  # a second update finds what the first one kept
        new = update(deck, written(tmp_path / "new.org", shorter))
        assert new.count("*** My remark\nIt is the sum rule.\n") == 1, turn
        assert ":mine:" in entry(new, first).splitlines()[0]
        assert ":drill:" not in entry(new, second).splitlines()[0]
        assert entry(new, third).startswith("** TODO ")
        assert new.count("* Kept from before\n") == 1
        assert new.count("Not a card.") == new.count("Loose thought") == 1
        assert {gone, last, "my-own"} <= set(drill("entries", deck)), turn
    assert (tmp_path / "mine.org.old").exists()


def test_the_old_file_stays_beside_the_new_one(deck, tmp_path, every_chapter):
    before = deck.read_bytes()
    update(deck, written(tmp_path / "new.org", every_chapter[:1]))
    assert (tmp_path / "mine.org.old").read_bytes() == before


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("mine.org", "must be another file"),
        ("none.org", "cannot be read"),
        ("empty.org", "is no deck"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_why(deck, tmp_path, new, message):
    (tmp_path / "empty.org").write_text("no deck\n")
    before = deck.read_bytes()
    tool = ["-l", str(CODE / MERGE), "-f", "update-deck-batch"]
    command = [need("emacs"), "--batch", *tool, str(deck), str(tmp_path / new)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode != 0
    assert message in done.stderr
    assert deck.read_bytes() == before
