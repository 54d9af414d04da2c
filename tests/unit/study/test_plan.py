"""The plan: how many new cards a day, and the reviews that follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from anki.collection import Collection

from tests.unit.study.node_study import run

FILES = ("memory/events.js", "memory/fsrs.js", "memory/schedule.js", "review/plan.js")
PLANS = """
const scheduler = study.scheduler({});
const main = (calls) => calls.map((call) => (
  study.plan({...call, scheduler, today: 20000})));
"""


def plans(*wanted: tuple[int, int], memories: list[Any] | None = None) -> list[Any]:
    """The plans for some numbers of new cards and weeks."""
    calls = [{"fresh": n, "weeks": w, "memories": memories or []} for n, w in wanted]
    return run(FILES, PLANS, calls)


def test_learner_is_the_one_that_anki_assumes(tmp_path: Any) -> None:
    """How learners answer, and how long it takes, are Anki's own numbers."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    anki = collection._backend.get_optimal_retention_parameters("deck:*")
    collection.close()
    learner = run(FILES, "const main = () => study.learner;", None)
    costs = list(anki.state_rating_costs)

    def odds(shares: Iterable[float]) -> Any:
        return pytest.approx(list(shares), abs=0.02)  # Anki may come to know better

    assert learner == {
        "fresh": odds(anki.first_rating_prob),
        "freshAgain": odds(anki.learning_step_transitions[:4]),
        "freshSeconds": pytest.approx(costs[:4], rel=0.2),
        "recalled": odds([0, *anki.review_rating_prob]),
        "recallSeconds": pytest.approx(costs[4:8], rel=0.2),
        "forgotten": odds(anki.relearning_step_transitions[:4]),
        "forgottenSeconds": pytest.approx(costs[8:], rel=0.2),
    }


def test_is_done_in_time_with_no_fewer_a_day() -> None:
    """All cards are seen; with more weeks, fewer a day; never fewer than it takes."""
    made = plans((200, 2), (200, 4), (200, 8), (1000, 12))
    daily = [plan["daily"] for plan in made]
    assert daily[0] > daily[1] > daily[2]
    for plan, (fresh, weeks) in zip(
        made, ((200, 2), (200, 4), (200, 8), (1000, 12)), strict=True
    ):
        assert len(plan["days"]) == 7 * weeks
        assert fresh / (7 * weeks) <= plan["daily"] <= fresh / (7 * weeks) * 1.6
        assert plan["done"] < 7 * weeks
        assert sum(day["fresh"] for day in plan["days"]) == fresh
        assert plan["days"][0]["fresh"] == plan["daily"]
        assert plan["days"][0]["reviews"] == 0


def test_reviews_follow_from_the_cards() -> None:
    """Each card comes back some times in the first weeks, and takes some seconds."""
    (plan,) = plans((300, 8))
    reviews = sum(day["reviews"] for day in plan["days"])
    minutes = sum(day["minutes"] for day in plan["days"])
    assert 3 * 300 < reviews < 8 * 300
    assert 8 < minutes * 60 / (reviews + 300) < 30


def test_what_is_known_already_is_reviewed_meanwhile() -> None:
    """Memories are asked when they are due, those that wait at once."""
    known = {"d": 5, "s": 5000, "day": 19_980, "due": 19_990}
    coming = {"d": 5, "s": 5000, "day": 19_993, "due": 20_003}
    (plan,) = plans((0, 1), memories=[known, known, coming])
    assert [day["reviews"] for day in plan["days"]][:4] == [2, 0, 0, 1]
    assert (plan["daily"], plan["done"]) == (0, 0)


def test_same_question_same_plan() -> None:
    """The luck is simulated, and is the same each time."""
    assert len({str(plan) for plan in plans((150, 3), (150, 3))}) == 1


def test_what_cannot_be_done() -> None:
    """So many new cards that some are forgotten to the end: no day is promised."""
    (plan,) = plans((3000, 1))
    assert (plan["daily"], plan["done"]) == (3000, None)
