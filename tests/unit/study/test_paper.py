"""Exam papers: mixed, fair, as long as there are questions, and honestly scored."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from .node_study import run

PAGE = Path(__file__).parents[3] / "chapters" / "reference" / "exam.md"

DRAW = """
function main([index, wish, papers]) {
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return Array.from({ length: papers }, () => study.drawPaper(index, wish, random));
}
"""

CALL = "const main = ([name, calls]) => calls.map((given) => study[name](...given));"

TESTS = ("misconception", "compute", "predict", "recall")


def draw(index: dict, wish: dict, papers: int = 1) -> list[list[dict]]:
    """Papers of a course."""
    return run(("exam/paper.js",), DRAW, [index, wish, papers])


def call(name: str, given: list) -> list[Any]:
    """What a function of the script gives for each list of arguments."""
    return run(("exam/paper.js",), CALL, [name, given])


def question(slug: str, i: int, tests: str, generated: bool) -> list:
    """A question as the index of the site has it."""
    name = f"{slug}-q-{i}"
    return [name, "single", "training", "core", 2, f"{slug}-part", tests, generated]


def index(chapters: int, questions: int, generated: int) -> dict:
    """A course: the first questions of each chapter draw their numbers."""
    made = []
    for c in range(chapters):
        slug = f"chapter{c}"
        made.append(
            {
                "slug": slug,
                "part": f"part{c % 3}",
                "questions": [
                    question(slug, i, TESTS[i % 4], i < generated)
                    for i in range(questions)
                ],
            }
        )
    return {"chapters": made}


def ids(paper: list[dict]) -> list[str]:
    """The ids of a paper."""
    return [item["id"] for item in paper]


@pytest.mark.parametrize("size", [10, 20, 40])
def test_mixed_over_chapters_and_kinds(size: int) -> None:
    """Kinds come in equal numbers, chapters at most once more than any other."""
    for paper in draw(index(12, 8, 2), {"size": size}, 50):
        assert len(set(ids(paper))) == size
        kinds = [sum(item["tests"] == tests for item in paper) for tests in TESTS]
        assert max(kinds) - min(kinds) <= 2, kinds
        slugs = [item["slug"] for item in paper]
        shares = [slugs.count(f"chapter{c}") for c in range(12)]
        assert max(shares) - min(shares) <= 1, shares


def test_another_paper_each_time() -> None:
    """Two papers on the same wish differ, and every question is asked some time."""
    course = index(4, 8, 1)
    papers = draw(course, {"size": 10}, 100)
    assert len({tuple(ids(paper)) for paper in papers}) == 100
    asked = {name for paper in papers for name in ids(paper)}
    assert len(asked) == 4 * 8


def test_only_the_part_or_the_chapter() -> None:
    """A wish keeps the other chapters out."""
    course = index(6, 8, 1)
    [paper] = draw(course, {"part": "part1", "size": 40})
    assert {item["slug"] for item in paper} == {"chapter1", "chapter4"}
    [paper] = draw(course, {"chapter": "chapter2", "size": 10})
    assert {item["slug"] for item in paper} == {"chapter2"}


def test_ten_of_a_quiz_that_has_fewer() -> None:
    """Generated ones come again, after each has come, and by turns."""
    for paper in draw(index(1, 7, 2), {"chapter": "chapter0", "size": 10}, 50):
        names = ids(paper)
        assert len(set(names[:7])) == 7
        assert set(names[7:9]) == {"chapter0-q-0", "chapter0-q-1"}
        assert names[9] in names[7:9]


@pytest.mark.parametrize(
    ("questions", "generated", "size"), [(7, 0, 7), (6, 1, 8), (0, 0, 0), (2, 2, 6)]
)
def test_no_more_than_there_are(questions: int, generated: int, size: int) -> None:
    """A generated question comes three times at most, any other once."""
    course = index(1, questions, generated)
    [paper] = draw(course, {"size": 10})
    assert len(paper) == size
    assert all(ids(paper).count(name) <= 3 for name in ids(paper))


def test_an_item_says_where_it_belongs() -> None:
    """What the report and the schedule need of a question."""
    [[item]] = draw(index(1, 1, 1), {"size": 1})
    assert item == {
        "slug": "chapter0",
        "part": "part0",
        "id": "chapter0-q-0",
        "topic": "training",
        "rev": 2,
        "section": "chapter0-part",
        "tests": "misconception",
        "generated": True,
    }


def wilson(right: int, total: int) -> tuple[float, float]:
    """The shares p that lie within 1.96 of their own standard errors, by search."""
    grid = [i / 100_000 for i in range(100_001)]
    share = right / total
    inside = [
        p
        for p in grid
        if abs(share - p) <= 1.96 * math.sqrt(p * (1 - p) / total) + 1e-12
    ]
    return min(inside), max(inside)


def test_interval_is_wilsons() -> None:
    """As its definition says, also where nothing or everything is right."""
    given = [(0, 10), (10, 10), (14, 20), (1, 3), (37, 40)]
    found = call("interval", given)
    for one, interval in zip(given, found, strict=True):
        assert interval == pytest.approx(wilson(*one), abs=2e-5), one


def test_the_page_says_so() -> None:
    """The two examples in the text of the page."""
    text = PAGE.read_text("utf-8")
    for low, high in call("interval", [(7, 10), (28, 40)]):
        assert f"between {low:.0%} and {high:.0%}".replace("%", " %") in text


def test_nine_tenths_are_needed_to_skip() -> None:
    """Rounded up."""
    needed = call("toSkip", [[n] for n in (6, 7, 8, 9, 10, 20)])
    assert needed == [6, 7, 8, 9, 9, 18]


def test_chance_to_pass() -> None:
    """The tail of the binomial distribution."""
    given = [(need, n, p) for n in (6, 10) for need in (0, 5, n) for p in (0.6, 0.95)]
    for (need, n, p), chance in zip(given, call("chance", given), strict=True):
        tail = sum(
            math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(need, n + 1)
        )
        assert chance == pytest.approx(tail)


def test_scores() -> None:
    """Right and total of each group, kinds of questions in their order."""
    items = [
        {"tests": "recall", "right": True},
        {"tests": "compute", "right": False},
        {"tests": "recall", "right": False},
    ]
    [rows] = call("scores", [[items, "tests"]])
    assert rows == [
        {"key": "compute", "right": 0, "total": 1},
        {"key": "recall", "right": 1, "total": 2},
    ]


def test_one_outcome_for_an_id() -> None:
    """A generated question that was wrong at any turn is wrong."""
    items = [
        {"id": "a", "rev": 1, "right": True},
        {"id": "b", "rev": 2, "right": True},
        {"id": "a", "rev": 1, "right": False},
        {"id": "a", "rev": 1, "right": True},
    ]
    [outcomes] = call("outcomes", [[items]])
    assert outcomes == [
        {"id": "a", "rev": 1, "right": False},
        {"id": "b", "rev": 2, "right": True},
    ]
