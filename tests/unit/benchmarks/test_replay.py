"""The history that the replay is timed on is one that the pages read whole."""

from __future__ import annotations

import pytest

from benchmarks import replay
from tests.unit.study.node_study import run

FILES = (
    "memory/day.js",
    "memory/events.js",
    "memory/fsrs.js",
    "memory/schedule.js",
    "memory/store.js",
)
SCRIPT = """
function main(logs) {
  const read = logs.map((text) => study.parseLog(text));
  const events = study.union(...read.map((log) => log.events));
  const memories = study.replay(events, study.scheduler({}));
  return [read.every((log) => log.whole), events.length, memories.size];
}
"""


@pytest.mark.parametrize("n_logs", [replay.N_LOGS, replay.MANY_LOGS])
def test_logs_hold_what_is_timed(n_logs: int) -> None:
    """Every line is an event, each another one; all of it fits into the storage."""
    logs = replay.logs(replay.N_EVENTS, n_logs)
    assert len(logs) == n_logs + 1
    texts = [text for key, text in logs.items() if key.startswith("dlbl:log:")]
    assert run(FILES, SCRIPT, texts) == [True, replay.N_EVENTS, replay.N_ITEMS]
    assert sum(map(len, texts)) < 5_000_000
