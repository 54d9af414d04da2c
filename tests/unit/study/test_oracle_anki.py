"""The memory of every item equals what the real Anki computes from the same ratings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from random import Random
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
    given = {"weights": weights, "retention": 0.9, "histories": histories}
    files = ("day.js", "fsrs.js", "schedule.js", "store.js")
    ours = run(files, SCRIPT, given | {"zone": zone})
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("anki_states.py"))],
        input=json.dumps(given),
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(done.stdout)
    assert sum(map(len, theirs)) == sum(map(len, histories)) > N_HISTORIES // 2
    for ratings, mine, anki in zip(histories, ours, theirs, strict=True):
        for a, b in zip(mine, anki, strict=True):
            assert a == pytest.approx(b, rel=1e-3), (ratings, mine, anki)
