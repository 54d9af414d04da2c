"""All checks of the study data of the course."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from _ext.study.source import Problem, Study, read
from tools.sources.course import Course

from . import chapters, content, markup, wording


def files(root: Path) -> list[Path]:
    """The YAML files of the course, in order."""
    return sorted((root / "study").rglob("*.yml"))


def lint(root: Path) -> list[Problem]:
    """Every fault in `study/`, in the order of files and lines."""
    studies = [read(file, file.relative_to(root)) for file in files(root)]
    keys = set(Course(root).citations)
    problems = [*_ids(studies), *_fronts(studies)]
    for study in studies:
        problems += study.problems
        if study.problems:
            continue  # the content is only looked at when the form is right
        problems += chapters.check(study, root, keys)
        problems += _numbers(study)
        for steps, item in study.items():
            problems += content.check(study, steps, item)
            problems += wording.check(study, steps, item)
            problems += markup.check(study, steps, item)
    return sorted(problems, key=lambda p: (str(p.file), p.line))


def _ids(studies: list[Study]) -> Iterator[Problem]:
    """Ids are unique in the course, start with the slug, and never come back."""
    seen: dict[str, str] = {}
    retired = {
        str(name): f"{study.file}:{study.line(('retired', i))}"
        for study in studies
        for i, name in enumerate(study.retired)
    }
    for study in studies:
        for steps, item in study.items():
            name = item.get("id")
            if not isinstance(name, str):
                continue
            here = (*steps, "id")
            if not name.startswith(f"{study.slug}-"):
                yield study.problem(here, f"must start with '{study.slug}-'")
            if name in seen:
                message = f"{name} is taken by {seen[name]}: choose another id"
                yield study.problem(here, message)
            if name in retired:
                message = f"{name} is retired in {retired[name]}: choose a new id"
                yield study.problem(here, message)
            seen.setdefault(name, f"{study.file}:{study.line(here)}")


def _fronts(studies: list[Study]) -> Iterator[Problem]:
    """No two cards of the course ask the same: neither could be answered."""
    seen: dict[str, str] = {}
    for study in studies:
        for steps, item in study.items():
            front = item.get("front")
            if steps[0] != "cards" or not isinstance(front, str):
                continue
            here = (*steps, "front")
            asked = " ".join(front.lower().split())
            if asked in seen:
                message = f"is asked in {seen[asked]} too: say what differs"
                yield study.problem(here, message)
            seen.setdefault(asked, f"{study.file}:{study.line(here)}")


COUNTS = {"cards": (8, 15), "quiz": (6, 10)}
TESTS = {
    "misconception": "on a common misconception",
    "compute": "to compute",
    "predict": "to predict",
}


def _numbers(study: Study) -> Iterator[Problem]:
    """How many cards and questions, and which questions there must be."""
    for name, (low, high) in COUNTS.items():
        count = len(study.data[name])
        if not low <= count <= high:
            yield study.problem((name,), f"holds {count}: must be {low} to {high}")
    have = {question["tests"] for question in study.quiz}
    for tests, words in TESTS.items():
        if tests not in have:
            message = f"needs a question {words} (tests: {tests})"
            yield study.problem(("quiz",), message)
