"""Every check accepts right answers and names typical wrong ones.

`cases_<module>.py` beside this file belongs to `utils/checks/<module>.py` and holds
RIGHT = {check: [object, ...]} and WRONG = {check: [(object, "part of the message")]}.
"""

import importlib
import importlib.util
import pkgutil
import time
import types
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import utils.checks
from utils.checks._verdict import Verdict

HERE = Path(__file__).parent
MODULES = sorted(
    m.name
    for m in pkgutil.iter_modules(utils.checks.__path__)
    if not m.name.startswith("_")
)


def stub(*args: Any, **kwargs: Any) -> None:
    """Stand for an exercise nobody has started."""


class Odd:
    """Take anything and have nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take anything."""


UNSOLVED = {"None": None, "...": ..., "a function": stub}
ODD = {
    "a number": -987.654321,
    "a word": "nonsense",
    "an empty list": [],
    "a function that returns a number": lambda *a, **k: -987.654321,
    "a function that returns a word": lambda *a, **k: "nonsense",
    "a function that returns a tuple": lambda *a, **k: (1, "nonsense", []),
    "a function without arguments": lambda: -987.654321,
    "a class": Odd,
    "an object": Odd(),
}


def cases(module: str) -> ModuleType:
    """Import the tables of one module."""
    path = HERE / f"cases_{module}.py"
    assert path.exists(), f"tests/unit/checks/{path.name} is missing: write it"
    spec = importlib.util.spec_from_file_location(f"cases_{module}", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def checks(module: str) -> dict[str, Callable[[Any], Verdict]]:
    """Return the checks a module defines, by name."""
    found = importlib.import_module(f"utils.checks.{module}")
    return {n: f for n, f in vars(found).items() if hasattr(f, "hint")}


def every(table: str) -> list[Any]:
    """Return one parameter set per entry of RIGHT or WRONG of every module."""
    return [
        pytest.param(module, name, entry, id=f"{module}.{name}-{i}")
        for module in MODULES
        for name, entries in getattr(cases(module), table).items()
        for i, entry in enumerate(entries)
    ]


def every_check() -> list[Any]:
    """Return one parameter set per check."""
    return [
        pytest.param(module, name, id=f"{module}.{name}")
        for module in MODULES
        for name in checks(module)
    ]


def every_stub() -> list[Any]:
    """Return a check and a stub that fits it: a function stands for a function."""
    return [
        pytest.param(module, name, kind, id=f"{module}.{name}-{kind}")
        for module in MODULES
        for name in checks(module)
        for kind in UNSOLVED
        if kind != "a function"
        or isinstance(cases(module).RIGHT[name][0], types.FunctionType)
    ]


@pytest.mark.parametrize("module", MODULES)
def test_tables_cover_the_module(module: str) -> None:
    """Every check has one right and two wrong answers, and no table names another."""
    tables, names = cases(module), set(checks(module))
    assert names, f"utils/checks/{module}.py defines no @checked function"
    assert set(tables.RIGHT) == names
    assert set(tables.WRONG) == names
    for name in names:
        assert len(tables.RIGHT[name]) >= 1, f"{name}: no right answer"
        messages = [fragment for _, fragment in tables.WRONG[name]]
        assert len(set(messages)) >= 2, f"{name}: needs two different wrong answers"
        assert all(len(m) >= 4 for m in messages), f"{name}: fragments too short"


@pytest.mark.parametrize(("module", "name", "answer"), every("RIGHT"))
def test_right_answer_passes_in_time(module: str, name: str, answer: Any) -> None:
    """A right answer is right, in under ten seconds, twice the same."""
    check = checks(module)[name]
    start = time.perf_counter()
    first = check(answer)
    assert time.perf_counter() - start < 10
    assert first.status == "right", first
    assert check(answer) == first


@pytest.mark.parametrize(("module", "name", "case"), every("WRONG"))
def test_wrong_answer_is_named(module: str, name: str, case: tuple[Any, str]) -> None:
    """A typical wrong answer is rejected for the intended reason."""
    answer, fragment = case
    verdict = checks(module)[name](answer)
    assert verdict.status == "wrong", verdict
    assert fragment in verdict.message


@pytest.mark.parametrize(("module", "name", "kind"), every_stub())
def test_unsolved_gives_the_hint(module: str, name: str, kind: str) -> None:
    """A stub is not yet solved, and the hint says how to begin."""
    check = checks(module)[name]
    assert check(UNSOLVED[kind]) == Verdict("not yet", check.hint)
    assert len(check.hint) > 10


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize(("module", "name"), every_check())
def test_odd_answer_throws_nothing(module: str, name: str, kind: str) -> None:
    """Whatever a learner hands over, there is a message and no traceback."""
    verdict = checks(module)[name](ODD[kind])
    assert verdict.status in ("wrong", "not yet"), verdict
    assert verdict.message
