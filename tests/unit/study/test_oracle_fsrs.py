"""Every interval equals that of `fsrs`, the algorithm's own library for Python."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as Grade

from tests.unit.study.histories import EPOCH, Rating, history, study_day
from tests.unit.study.node_study import run

N_HISTORIES = 100_000
SEEDS = range(4)
GRADES = [None, *Grade]
SCRIPT = """
function main({weights, retention, zones, histories}) {
  const days = histories.map((ratings) => ratings.map(() => 0));
  zones.forEach((zone, z) => {
    process.env.TZ = zone;
    histories.forEach((ratings, i) => ratings.forEach(([place, t], j) => {
      if (place === z) days[i][j] = study.day(t, new Date(t).getTimezoneOffset());
    }));
  });
  const scheduler = study.scheduler({weights, retention});
  return histories.map((ratings, i) => {
    const intervals = [];
    const spy = {
      next: scheduler.next,
      interval(s) {
        intervals.push(scheduler.interval(s));
        return intervals.at(-1);
      },
    };
    const events = ratings.map(([place, t, g], j) => (
      {id: "item", t, day: days[i][j], g, s: "review", r: 1}));
    const {d, s, first, day, due, interval, reps, lapses, grade} =
      study.replay(study.union(events), spy).get("item");
    return [intervals, [first, day, due, interval, reps, lapses, grade], s, d];
  });
}
"""


def settings(seed: int) -> tuple[list[float], float]:
    """Weights and retention: the defaults, then ones that a learner may have."""
    random = Random(seed)
    default = Scheduler().parameters
    if seed == 0:
        return list(default), 0.9
    # from what fits one learner to what fits another: some ten per cent
    weights = [max(w * random.uniform(0.9, 1.1), 0.001) for w in default]
    return weights, (0.9, 0.8, 0.95)[seed - 1]


def expected(scheduler: Scheduler, ratings: list[Rating]) -> tuple:
    """What the library says, given whole days in UTC, which it knows how to count."""
    card = Card(card_id=1, due=EPOCH)
    intervals: list[int] = []
    days: list[int] = []
    lapses = 0
    for zone, t, grade in sorted(ratings, key=lambda rating: rating[1]):
        day = study_day(zone, t)
        now = EPOCH + timedelta(days=day)
        card, _ = scheduler.review_card(card, GRADES[grade], now)
        intervals.append((card.due - now).days)
        lapses += grade == 1 and bool(days) and day > days[-1]
        days.append(day)
    interval = intervals[-1]
    due = day if grade == 1 else day + interval
    place = [days[0], day, due, interval, len(days), lapses, grade]
    return intervals, place, card.stability, card.difficulty


@pytest.mark.parametrize("seed", SEEDS)
def test_equals_fsrs(seed: int) -> None:
    """25,000 histories, each of the four times: not one interval differs."""
    random = Random(seed)
    weights, retention = settings(seed)
    given = [history(random) for _ in range(N_HISTORIES // len(SEEDS))]
    zones = sorted({zone for ratings in given for zone, _, _ in ratings})
    got = run(
        (
            "memory/day.js",
            "memory/events.js",
            "memory/fsrs.js",
            "memory/schedule.js",
            "memory/store.js",
        ),
        SCRIPT,
        {
            "weights": weights,
            "retention": retention,
            "zones": zones,
            "histories": [
                [[zones.index(zone), t, grade] for zone, t, grade in ratings]
                for ratings in given
            ],
        },
    )
    scheduler = Scheduler(weights, retention, (), (), enable_fuzzing=False)
    for ratings, (intervals, place, s, d) in zip(given, got, strict=True):
        want = expected(scheduler, ratings)
        assert (intervals, place) == want[:2], ratings
        assert abs(s / want[2] - 1) < 1e-9, ratings
        assert abs(d / want[3] - 1) < 1e-9, ratings


def test_sample_holds_what_is_easily_got_wrong() -> None:
    """In the first 5,000 of them; a scheduler that ignored it would differ."""
    random = Random(0)
    given = [history(random) for _ in range(5000)]
    seen = dict.fromkeys(("same day", "at 04:00", "24 hours", "back", "travel"), 0)
    for ratings in given:
        times = [t for _, t, _ in ratings]
        days = [study_day(zone, t) for zone, t, _ in ratings]
        seen["back"] += times != sorted(times)
        seen["travel"] += len({zone for zone, _, _ in ratings}) > 1
        seen["same day"] += len(set(days)) < len(days)
        seen["at 04:00"] += any(
            study_day(zone, t) != study_day(zone, t + 1) for zone, t, _ in ratings
        )
        seen["24 hours"] += any(
            (b - a) // 86_400_000 != study_day(y, b) - study_day(x, a)
            for (x, a, _), (y, b, _) in pairwise(ratings)
        )
    assert min(seen.values()) > 200, seen
