"""A sitting: what is asked next, the way back, and what a reload finds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .node_study import run

FILES = (
    "memory/day.js",
    "memory/stamp.js",
    "memory/events.js",
    "memory/store.js",
    "review/session.js",
)

MAIN = """
const DAY = Math.floor(1e12 / 86400e3);
function main({ ids, steps, minutes, pace }) {
  let clock = 1e12;
  const log = [];
  const put = (id, g, s) => {
    const event = { id, t: clock, day: DAY, g, s, r: 1 };
    log.push(event);
    return event;
  };
  const model = {
    rate: (id, grade) => put(id, grade, "review"),
    suspend: (id) => put(id, 0, "suspend"),
    undo: (event) => put(event.id, 0, "undo:" + event.t.toString(36)),
  };
  let kept = "";
  const session = study.createSession(study.newSession(DAY, ids, minutes), {
    model, now: () => clock, save: (state) => { kept = JSON.stringify(state); },
  });
  const seen = steps.map((step) => {
    clock += pace;
    if (step === "undo") session.undo();
    else if (session.current() === undefined) return null;
    else if (step === "suspend") session.suspend();
    else session.answer(step);
    return [...session.state.queue];
  });
  const again = study.readSession(kept, DAY, (id) => ids.includes(id));
  return {
    seen, log, state: session.state, over: session.isOver(), again,
    tomorrow: study.readSession(kept, DAY + 1, () => true),
  };
}
"""

READ = "const main = (texts) => texts.map((t) => study.readSession(t, 1, () => true));"


def sit(ids: list[str], steps: list, minutes: int = 25, pace: int = 1000) -> Any:
    """A sitting with these steps: grades, "suspend" and "undo"."""
    what = {"ids": ids, "steps": steps, "minutes": minutes, "pace": pace}
    return run(FILES, MAIN, what)


def test_what_failed_comes_back_at_the_end():
    found = sit(["a", "b", "c"], [1, 3, 3, 1, 4])
    assert found["seen"] == [["b", "c", "a"], ["c", "a"], ["a"], ["a"], []]


def test_undo_goes_back_step_by_step():
    found = sit(["a", "b"], [1, "suspend", 1, "undo", "undo", "undo", "undo"])
    assert found["seen"] == [
        ["b", "a"],
        ["a"],
        ["a"],
        ["a"],
        ["b", "a"],
        ["a", "b"],
        ["a", "b"],
    ]
    assert [event["s"][:4] for event in found["log"]] == [
        *("revi", "susp", "revi"),
        *("undo", "undo", "undo"),
    ]
    assert found["state"]["done"] == []


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([1, 2, 3, 4, "suspend"]), max_size=12),
    st.integers(1, 6),
)
def test_undoing_everything_gives_the_beginning(steps: list, count: int):
    ids = [f"i{n}" for n in range(count)]
    found = sit(ids, [*steps, *["undo"] * len(steps)])
    assert found["state"]["queue"] == ids
    assert found["state"]["done"] == []


def test_reload_finds_the_same_state_on_the_same_day():
    found = sit(["x-a", "x-b", "x-c"], [1, 3])
    assert found["again"] == found["state"]
    assert found["tomorrow"] is None


def test_over_after_the_minutes_and_not_by_being_away():
    assert not sit(["a"] * 3, [3, 3], minutes=1, pace=20_000)["over"]
    assert sit(["a"] * 3, [3, 3], minutes=1, pace=30_000)["over"]
    away = sit(["a"] * 3, [3, 3], minutes=5, pace=3_600_000)
    assert away["state"]["spent"] == 240_000
    assert not away["over"]


GOOD = {"day": 1, "queue": ["a"], "done": [], "spent": 0, "limit": 1, "isOpen": False}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        json.dumps({**GOOD, "queue": "a"}),
        json.dumps({**GOOD, "done": [{"id": "a"}]}),
        json.dumps({**GOOD, "spent": None}),
        json.dumps({**GOOD, "isOpen": 1}),
    ],
)
def test_damaged_state_is_no_session(text: str):
    assert run(FILES, READ, [text, json.dumps(GOOD)]) == [None, GOOD]
