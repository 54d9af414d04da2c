"""The memory of every item equals what the real Anki computes from the same ratings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fsrs import Scheduler

from tests.unit.study.histories import EPOCH, MILLISECOND, history
from tests.unit.study.node_study import run

N_HISTORIES = 1500
FIXED = ("UTC", "Asia/Kolkata", "America/Phoenix")
ZONES = (*FIXED, "Europe/Berlin", "Pacific/Auckland")
SCRIPT = """
function main({weights, retention, zone, histories}) {
  process.env.TZ = zone;
  const scheduler = study.scheduler({weights, retention});
  return histories.map((ratings) => {
    const states = [];
    const spy = {
      next(...given) {
        const state = scheduler.next(...given);
        states.push([state.s, state.d]);
        return state;
      },
      interval: scheduler.interval,
    };
    const events = ratings.map(([t, g]) => (
      {id: "item", t, day: study.day(t, new Date(t).getTimezoneOffset()), g,
       s: "review", r: 1}));
    study.replay(study.union(events), spy);
    return states;
  });
}
"""


def is_comparable(zone: str, t: int) -> bool:
    """Whether Anki's day and ours are the same.

    Anki counts all days with the offset that holds today: where clocks change, it is an
    hour off for half of the year, which is seen between 03:00 and 05:00. And its log
    has no room for ratings of the future.
    """
    fixed = zone in FIXED
    hour = (EPOCH + t * MILLISECOND).astimezone(ZoneInfo(zone)).hour
    return t < time.time() * 1000 and (fixed or hour not in (3, 4, 5))


@pytest.mark.parametrize("zone", ZONES)
def test_equals_anki(zone: str) -> None:
    """300 histories in each of five zones, state by state, within 0.1 per cent."""
    random = Random(ZONES.index(zone))
    weights = list(Scheduler().parameters)
    if zone not in ("UTC", "Europe/Berlin"):
        weights = [max(w * random.uniform(0.9, 1.1), 0.001) for w in weights]
    histories: list[list[list[int]]] = []
    while len(histories) < N_HISTORIES // len(ZONES):
        made = history(random, (zone,), date(2014, 1, 1))
        ratings = [[t, grade] for _, t, grade in made if is_comparable(zone, t)]
        if ratings:
            histories.append(ratings)
    theirs = ask_anki(zone, weights, histories=histories)["histories"]
    ours = replay(zone, weights, histories)
    assert sum(map(len, theirs)) == sum(map(len, histories)) > N_HISTORIES // 2
    for ratings, mine, anki in zip(histories, ours, theirs, strict=True):
        for a, b in zip(mine, anki, strict=True):
            assert a == pytest.approx(b, rel=1e-3), (ratings, mine, anki)


def test_equals_cards_answered_in_anki() -> None:
    """The log is Anki's own: learning, lapses and relearning as it writes them down."""
    random = Random(0)
    turns = [
        [
            [random.choice((0, 0, 1, 3, 10, 50)), random.choice((1, 2, 3, 3, 3, 4))]
            for _ in range(random.randint(2, 9))
        ]
        for _ in range(100)
    ]
    weights = list(Scheduler().parameters)
    cards = ask_anki("UTC", weights, answered=turns)["answered"]
    ours = replay("UTC", weights, [card["log"] for card in cards])
    for given, card, mine in zip(turns, cards, ours, strict=True):
        assert [grade for _, grade in card["log"]] == [grade for _, grade in given]
        assert mine[-1] == pytest.approx(card["state"], rel=1e-3), card["log"]


def replay(
    zone: str, weights: list[float], histories: list[list[list[int]]]
) -> list[list[list[float]]]:
    """Our stability and difficulty after each rating."""
    given = {"zone": zone, "weights": weights, "retention": 0.9}
    files = (
        "memory/day.js",
        "memory/events.js",
        "memory/fsrs.js",
        "memory/schedule.js",
        "memory/store.js",
    )
    return run(files, SCRIPT, given | {"histories": histories})


def ask_anki(
    zone: str,
    weights: list[float],
    *,
    histories: Sequence[list[list[int]]] = (),
    answered: Sequence[list[list[int]]] = (),
) -> dict[str, Any]:
    """What the real Anki makes of histories and answers, in a time zone."""
    given = {"weights": weights, "retention": 0.9}
    given |= {"histories": histories, "answered": answered}
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("anki_states.py"))],
        input=json.dumps(given),
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
