"""Which items wait today, and in which order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from .node_study import run

FILES = ("memory/events.js", "memory/fsrs.js", "memory/schedule.js", "review/queue.js")
TODAY = 20_000

MAIN = """
function main({ index, decks, memories, filter, daily, today }) {
  const items = study.catalogue(index, decks);
  const memory = new Map(memories.map((one) => [one.id, one]));
  const wish = { place: "", topic: "", level: "", fresh: "begun", ...filter };
  const recall = (known) => known.recall;
  const found = study.waiting(items, wish, { memory, today, daily, recall });
  const names = (list) => list.map(({ id }) => id);
  return { ...found, due: names(found.due), fresh: names(found.fresh) };
}
"""


def chapter(slug: str, part: str, cards: int) -> dict[str, Any]:
    """A chapter with cards of alternating topics and levels, and one question."""
    levels = ("core", "more", "deep")
    return {
        "slug": slug,
        "part": part,
        "title": slug,
        "url": f"chapters/{part}/{slug}.html",
        "cards": [
            [f"{slug}-{i}", "basic", "ab"[i % 2], levels[i % 3], 1, "s"]
            for i in range(cards)
        ],
        "questions": [[f"{slug}-q", "single", "a", "core", 1, "s", "recall", 0]],
        "retired": [],
        "sections": {},
    }


INDEX = {
    "parts": [{"name": "one", "title": "One"}, {"name": "two", "title": "Two"}],
    "chapters": [
        chapter("x", "one", 6),
        chapter("y", "one", 6),
        chapter("z", "two", 6),
    ],
}


def memory(id_: str, due: int, **more: Any) -> dict[str, Any]:
    """A memory of an item that is due some days from today."""
    return {
        "id": id_,
        "d": 5,
        "s": 5,
        "first": TODAY - 50,
        "day": TODAY - 10,
        "due": TODAY + due,
        "reps": 1,
        "lapses": 0,
        "rev": 1,
        "suspended": False,
        "recall": 0.9,
        **more,
    }


def waiting(*memories: dict, daily: int = 10, decks: Any = (), **filter_: str) -> dict:
    """What waits with these memories."""
    given = {"index": INDEX, "decks": list(decks), "memories": list(memories)}
    given |= {"filter": filter_, "daily": daily, "today": TODAY}
    return run(FILES, MAIN, given)


def test_due_are_those_whose_day_has_come():
    found = waiting(memory("x-0", 0), memory("x-1", 1), memory("x-2", -3))
    assert sorted(found["due"]) == ["x-0", "x-2"]


def test_suspended_and_unknown_items_never_wait():
    aside = memory("x-0", -1, suspended=True)
    new_aside = memory("x-1", 0, reps=0, suspended=True)
    found = waiting(aside, new_aside, memory("gone", -1))
    assert found["due"] == []
    assert "x-1" not in found["fresh"]


def test_changed_meaning_is_due_at_once():
    assert waiting(memory("x-0", 30, rev=0))["due"] == ["x-0"]


def test_a_question_is_due_but_never_new():
    assert waiting(memory("x-q", 0))["due"] == ["x-q"]
    assert "x-q" not in waiting(memory("x-0", 5), fresh="all")["fresh"]


def test_new_ones_come_from_the_chapters_begun_in_the_order_of_the_book():
    found = waiting(memory("y-3", 5))
    assert found["fresh"] == ["y-0", "y-1", "y-2", "y-4", "y-5"]
    assert (found["unmet"], found["open"]) == (17, 5)
    assert waiting(memory("y-3", 5), fresh="none")["fresh"] == []
    every = waiting(memory("y-3", 5), fresh="all", daily=100)["fresh"]
    assert every[:7] == ["x-0", "x-1", "x-2", "x-3", "x-4", "x-5", "y-0"]
    assert len(every) == 17


def test_nothing_is_new_before_anything_was_begun():
    assert waiting()["fresh"] == []
    assert len(waiting(fresh="all")["fresh"]) == 10


@pytest.mark.parametrize(("daily", "left"), [(10, 8), (2, 0), (1, 0)])
def test_what_was_first_met_today_counts_wherever_it_was(daily: int, left: int):
    today = [memory(f"x-{i}", 3, first=TODAY, day=TODAY) for i in range(2)]
    question = memory("x-q", 3, first=TODAY, day=TODAY)
    found = waiting(*today, question, daily=daily, fresh="all")
    assert found["left"] == left
    assert len(found["fresh"]) == left


def test_easiest_to_save_first_and_again_last():
    found = waiting(
        memory("x-0", -9, recall=0.3),
        memory("y-0", 0, day=TODAY, recall=1.0),
        memory("z-0", -1, recall=0.88),
        memory("x-1", -5, recall=0.6),
    )
    assert found["due"] == ["z-0", "x-1", "x-0", "y-0"]


def test_equals_are_mixed_and_stay_so_all_day():
    given = [memory(f"{c}-{i}", 0) for c in "xyz" for i in range(6)]
    first = waiting(*given)["due"]
    assert first == waiting(*reversed(given))["due"]
    assert first != sorted(first)
    chapters = [id_[0] for id_ in first]
    assert sum(a != b for a, b in pairwise(chapters)) > 5


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"place": "part:one"}, {"x-0", "x-1", "y-0", "y-1"}),
        ({"place": "chapter:z"}, {"z-0", "z-1"}),
        ({"topic": "b"}, {"x-1", "y-1", "z-1"}),
        ({"level": "core"}, {"x-0", "y-0", "z-0"}),
        ({"place": "part:one", "topic": "a", "level": "core"}, {"x-0", "y-0"}),
        ({"place": "part:three"}, set()),
    ],
)
def test_filters(wish: dict, expected: set):
    given = [memory(f"{c}-{i}", 0) for c in "xyz" for i in range(2)]
    assert set(waiting(*given, **wish)["due"]) == expected


def test_own_cards_are_a_part_of_their_own():
    card = {"id": "own-00c0ffee", "front": "F", "back": "B", "topic": ""}
    deck = {"schema": 1, "name": "Mine: all", "cards": [card]}
    for place in ("", "part:own", "chapter:own:Mine: all"):
        assert waiting(decks=[deck], place=place)["fresh"] == ["own-00c0ffee"]
    assert waiting(decks=[deck], place="part:one")["fresh"] == []
