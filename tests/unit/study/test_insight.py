"""What the review page says of the learner: counted from events done by hand."""

from __future__ import annotations

from typing import Any

from .node_study import run

FILES = (
    "memory/events.js",
    "memory/fsrs.js",
    "memory/schedule.js",
    "review/words.js",
    "review/insight.js",
)
CALL = """
const main = ([name, args, maps]) =>
  study[name](...args.map((arg, i) => (maps.includes(i) ? new Map(arg) : arg)));
"""
TODAY = 20_000


def call(name: str, *args: Any, maps: tuple[int, ...] = ()) -> Any:
    """What a function gives; the arguments named in `maps` are lists of pairs."""
    return run(FILES, CALL, [name, list(args), list(maps)])


def event(id_: str, day: int, g: int, s: str = "review", t: int = 0) -> dict:
    """An event."""
    return {"id": id_, "t": t or day * 1000, "day": day, "g": g, "s": s, "r": 1}


def item(id_: str, type_: str = "card") -> dict:
    """An item of the catalogue."""
    return {"id": id_, "type": type_, "rev": 1}


def memory(id_: str, **more: Any) -> tuple[str, dict]:
    """A memory by its id."""
    usual = {"id": id_, "day": TODAY - 5, "due": TODAY, "interval": 5, "reps": 1}
    return id_, {**usual, "rev": 1, "lapses": 0, "suspended": False, **more}


def test_what_was_undone_is_no_rating():
    log = [event("a", 1, 3), event("a", 2, 1), event("a", 3, 0, "undo:1jk")]
    assert int("1jk", 36) == 2000
    assert call("ratings", log) == log[:1]
    redone = [*log, event("a", 4, 0, f"undo:{'2bc'}")]
    assert int("2bc", 36) == 3000
    assert call("ratings", redone) == log[:2]


def test_forecast_puts_what_is_late_on_today():
    items = [item(name) for name in "abcdef"]
    known = [
        memory("a", due=TODAY - 9),
        memory("b", due=TODAY),
        memory("c", due=TODAY + 2),
        memory("d", due=TODAY + 3),  # beyond
        memory("e", due=TODAY, suspended=True),
    ]
    assert call("forecast", items, known, TODAY, 3, maps=(1,)) == [2, 0, 1]


def test_retention_counts_answers_on_a_later_day():
    log = [
        event("a", TODAY - 30, 3),
        event("a", TODAY - 8, 1),  # the week before: asked, forgotten
        event("a", TODAY - 8, 3, t=(TODAY - 8) * 1000 + 1),  # the same day: not counted
        event("a", TODAY - 6, 2),  # this week: known
        event("b", TODAY - 1, 1),  # the first time: not counted
        event("b", TODAY, 4),
        event("b", TODAY + 9, 4),  # a clock that was wrong
    ]
    weeks = call("retention", log, TODAY, 2)
    assert [(week["asked"], week["known"]) for week in weeks] == [(1, 0), (2, 2)]
    assert [(w["from"], w["to"]) for w in weeks] == [
        (TODAY - 13, TODAY - 7),
        (TODAY - 6, TODAY),
    ]


def test_leeches_most_forgotten_first():
    items = [item(name) for name in "abcd"]
    known = [
        memory("a", lapses=4),
        memory("b", lapses=3),
        memory("c", lapses=7),
        memory("d", lapses=9, suspended=True),
    ]
    found = call("leeches", items, known, maps=(1,))
    assert [one["id"] for one in found] == ["c", "a"]


def test_learned_counts_each_card_once():
    items = [*(item(name) for name in "abcde"), item("q", "question")]
    known = [
        memory("a", interval=21),
        memory("b", interval=20),
        memory("c", interval=90, suspended=True),
        memory("q", interval=90),
    ]
    assert call("learned", items, known, maps=(1,)) == {
        "firm": 1,
        "fresh": 1,
        "aside": 1,
        "unmet": 2,
        "total": 5,
    }


def test_words():
    spans = [1, 2, 60, 61, 365, 729, 730, 1200]
    assert [call("span", n) for n in spans] == [
        "1 day",
        "2 days",
        "60 days",
        "2 months",
        "12 months",
        "24 months",
        "2.0 years",
        "3.3 years",
    ]
    assert call("when", TODAY - 3, TODAY) == "today"
    assert call("when", TODAY + 1, TODAY) == "tomorrow"
    assert call("when", TODAY + 5, TODAY) == "on Wednesday 9 October"
    assert call("when", TODAY + 400, TODAY).endswith("2025")
    assert call("minutes", 20_000) == "less than a minute"
    assert call("minutes", 61_000) == "about 1 minute"
