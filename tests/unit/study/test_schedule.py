"""When an item is asked again, and what is known of it after any log."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from tests.unit.study.node_study import run
from tools.pages import ROOT

FILES = ("memory/events.js", "memory/fsrs.js", "memory/schedule.js")
ANSWERS = ROOT / "_ext" / "study" / "ts-fsrs" / "answers.json"
REPLAY = """
function main({events, settings}) {
  return [...study.replay(events, study.scheduler(settings || {})).values()];
}
"""
DAY = 86_400_000


def event(day: int, grade: int, **more: Any) -> dict[str, Any]:
    """One rating of the item, at noon of a day."""
    made = {"id": "item", "t": day * DAY + DAY // 2, "day": day, "g": grade}
    return made | {"s": "review", "r": 1} | more


def note(event: dict[str, Any], source: str) -> dict[str, Any]:
    """An event without a rating, one second after another."""
    return event | {"t": event["t"] + 1000, "g": 0, "s": source}


def undo(event: dict[str, Any]) -> dict[str, Any]:
    """The event that takes back another."""
    digits, t = "", event["t"]
    while t:
        t, digit = divmod(t, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return note(event, f"undo:{digits}")


def replay(*events: dict[str, Any]) -> dict[str, Any]:
    """The memory of the one item, {} if it is new."""
    memories = run(FILES, REPLAY, {"events": events})
    assert len(memories) <= 1
    return memories[0] if memories else {}


def test_answers_are_those_of_the_whole_library() -> None:
    """What was cut out of ts-fsrs computes what the whole does."""
    script = """
    const main = (learners) => learners.map(({weights, retention, calls}) => {
      const scheduler = study.scheduler({weights, retention});
      return calls.map(({state, elapsed, grade}) => {
        const {d, s} = scheduler.next(state, elapsed, grade);
        const recall = scheduler.recall({d, s}, elapsed);
        return {d, s, interval: scheduler.interval(s), recall};
      });
    });
    """
    learners = json.loads(ANSWERS.read_text("utf-8"))
    got = run(FILES, script, learners)
    for learner, answers in zip(learners, got, strict=True):
        assert len(answers) == 100
        for call, answer in zip(learner["calls"], answers, strict=True):
            assert answer == pytest.approx({key: call[key] for key in answer}, rel=1e-5)


def test_memory_of_an_item() -> None:
    """Good, a lapse a week later, Good again on the same day."""
    again = event(20_007, 3, t=20_008 * DAY)
    memory = replay(event(20_000, 3), event(20_007, 1), again)
    assert memory.pop("s") == pytest.approx(1.0, abs=0.9)
    assert 1 <= memory.pop("d") <= 10
    days = memory.pop("interval")
    assert memory == {
        "id": "item", "first": 20_000, "day": 20_007, "due": 20_007 + days,
        "t": again["t"], "reps": 3, "lapses": 1, "grade": 3, "rev": 1,
        "suspended": False,
    }  # fmt: skip


def test_again_is_due_on_its_day() -> None:
    """It comes back in the same session; forgotten at first is no lapse."""
    memory = replay(event(20_000, 1))
    assert (memory["due"], memory["interval"], memory["lapses"]) == (20_000, 1, 0)
    memory = replay(event(20_000, 3), event(20_000, 1, t=20_001 * DAY))
    assert (memory["due"], memory["lapses"]) == (20_000, 0)


def test_days_count_as_they_are_stored_and_never_backwards() -> None:
    """After a journey, or with a clock set back, it is still the same day."""
    here = replay(event(20_000, 3), event(20_000, 3, t=20_003 * DAY))
    back = replay(event(20_000, 3), event(19_990, 3, t=20_003 * DAY))
    assert here["s"] == back["s"]
    assert back["due"] == 19_990 + back["interval"]


def test_undone_events_leave_no_trace() -> None:
    """Nor does an undo that is itself undone, or one of what never was."""
    first, second = event(20_000, 3), event(20_005, 1)
    plain = replay(first)
    assert replay(first, second, undo(second)) == plain
    assert replay(first, undo(first)) == {}
    assert replay(first, undo(first), undo(undo(first))) == plain
    assert replay(undo(event(1, 1)), first) == plain
    suspended = note(first, "suspend")
    assert replay(first, suspended, undo(suspended)) == plain


def test_suspended_and_resumed() -> None:
    """The schedule stays; a new item can be suspended too, and is new again after."""
    first = event(20_000, 3)
    memory = replay(first, note(first, "suspend"))
    assert memory == replay(first) | {"suspended": True}
    assert replay(first, note(first, "suspend"), event(20_001, 0, s="resume")) == (
        replay(first)
    )
    memory = replay(event(20_000, 0, s="suspend"))
    assert (memory["reps"], memory["suspended"]) == (0, True)
    assert replay(event(20_000, 0, s="suspend"), event(20_001, 0, s="resume")) == {}
    assert replay(event(20_000, 0, s="resume")) == {}


def test_due_day() -> None:
    """A raised rev is asked at once, and so is what was rated on a day to come."""
    script = """
    const main = (calls) => calls.map((call) => study.dueDay(...call));
    """
    memory = {"day": 20_000, "due": 20_010, "rev": 2}
    given = [[memory, rev, 20_005] for rev in (1, 2, 3)] + [[memory, 2, 19_000]]
    assert run(FILES, script, given) == [20_010, 20_010, 20_000, 19_000]


def test_clock_that_was_a_year_ahead() -> None:
    """What was rated by it comes first, so that the next rating has the last word."""
    script = """
    const main = ([events, now]) => {
      const given = study.asGiven(study.union(events), now);
      return study.replay(given, study.scheduler({})).get("item");
    };
    """
    ahead, before = event(20_365, 3), event(19_990, 3)
    right = [event(20_000, 3), event(20_004, 4)]
    now = 20_004 * DAY + DAY // 2
    files = ("memory/day.js", *FILES, "memory/store.js")
    memory = run(files, script, [[ahead, before, *right], now])
    assert (memory["first"], memory["day"], memory["reps"]) == (20_365, 20_004, 4)
    assert memory["due"] == 20_004 + memory["interval"]
    later = run(files, script, [[ahead, before, *right], now + 400 * DAY])
    assert (later["first"], later["day"], later["reps"]) == (19_990, 20_365, 4)


@pytest.mark.parametrize(
    "settings",
    [
        {"weights": [0.1] * 20},
        {"weights": ["1"] * 21},
        {"weights": [None] * 21},
        {"weights": "none", "retention": None},
        {"retention": "much"},
        {"retention": -1},
        {"retention": 0},
    ],
)
def test_unusable_settings_are_the_usual_ones(settings: dict[str, Any]) -> None:
    """Whatever was stored as weights and retention, there is a schedule."""
    events = [event(20_000, 3), event(20_003, 2), event(20_009, 4)]
    usual = run(FILES, REPLAY, {"events": events})
    assert run(FILES, REPLAY, {"events": events, "settings": settings}) == usual


def test_any_log_has_a_schedule() -> None:
    """In any order, with any days and settings: whole intervals, never NaN."""
    random = Random(0)
    logs = []
    for _ in range(3000):
        log = []
        for _ in range(random.randint(1, 12)):
            day = random.choice((0, -5, 20_000, 20_001, 10**8, random.randrange(10**5)))
            source = random.choice(("suspend", "resume", "undo:zz", "undo:"))
            grade = random.randrange(5)
            log.append(event(day, grade, s="page" if grade else source))
        weights = [random.choice((0, 100, random.random())) for _ in range(21)]
        retention = random.choice((1e-9, 0.9, 5))
        settings = {"weights": weights, "retention": retention}
        logs.append({"events": log, "settings": settings})
    script = f"{REPLAY.replace('main', 'one')} const main = (logs) => logs.map(one);"
    memories = [memory for made in run(FILES, script, logs) for memory in made]
    assert len(memories) > 2000
    for memory in memories:
        if memory["reps"]:
            assert 0.001 <= memory["s"] <= 36_500
            assert 1 <= memory["d"] <= 10
            assert memory["interval"] in range(1, 36_501)
            assert memory["due"] in (memory["day"], memory["day"] + memory["interval"])
