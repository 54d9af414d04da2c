"""The verdict: its three outcomes, its words, and whom it blames."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from utils.checks import _verdict
from utils.checks._compare import allclose, untouched
from utils.checks._verdict import Mistake, Verdict, checked


@checked(hint="Add the two numbers.")
def addition(learner: Any) -> str:
    """Return a + b."""
    if learner(2, 2) == 4 and learner(1, 2) == 2:
        raise Mistake("That is a `*`, not a `+`.")
    allclose(learner(1, 2), 3, "The sum of 1 and 2")
    return "One and two make three."


@checked(hint="Write the class.")
def counter(learner: Any) -> None:
    """Count with a class that has add() and a total."""
    one = learner()
    allclose(one.add(2) + 1, 3, "The total plus one")


@checked(hint="Subtract in place.", in_place=True)
def step(learner: Any) -> None:
    """Subtract 1 from an array, in place."""
    w = np.ones(3)
    learner(w)
    allclose(w, np.zeros(3), "`w`")


@checked(hint="Leave x alone.")
def doubled(learner: Any) -> None:
    """Return 2x without changing x."""
    x = np.ones(2)
    with untouched(x=x):
        allclose(learner(x), 2 * np.ones(2), "`2x`")


def test_right_carries_the_message() -> None:
    """A right answer is right, true, and says what was found."""
    verdict = addition(lambda a, b: a + b)
    assert verdict == Verdict("right", "One and two make three.")
    assert verdict
    assert repr(verdict) == "✓ Right. One and two make three."


def test_right_without_message() -> None:
    """A check that returns nothing still says right, without a loose space."""
    assert repr(doubled(lambda x: 2 * x)) == "✓ Right."


def test_wrong_names_the_mistake() -> None:
    """The message of `Mistake` is what the learner reads."""
    verdict = addition(lambda a, b: a * b)
    assert verdict == Verdict("wrong", "That is a `*`, not a `+`.")
    assert not verdict


def not_implemented(a: int, b: int) -> int:
    """Stand for a starter that raises."""
    raise NotImplementedError


@pytest.mark.parametrize(
    "stub",
    [None, ..., lambda a, b: None, lambda a, b: ..., not_implemented, (..., 1), [None]],
)
def test_stub_is_not_yet(stub: Any) -> None:
    """Whatever form a stub has, the answer is the hint."""
    assert addition(stub) == Verdict("not yet", "Add the two numbers.")


def test_stub_method_is_not_yet() -> None:
    """A class whose method returns None is a stub too."""

    class Stub:
        def add(self, n: int) -> None: ...

    assert counter(Stub).status == "not yet"


def test_in_place_may_return_nothing() -> None:
    """With in_place, None is no stub; what counts is the argument."""

    def right(w: np.ndarray) -> None:
        w -= 1

    def copies(w: np.ndarray) -> None:
        w = w - 1

    def empty(w: np.ndarray) -> None:
        """Subtract one."""
        ...

    assert step(empty).status == "not yet"
    assert step(lambda w: None).status == "not yet"
    assert step(not_implemented).status == "wrong"  # it takes two arguments
    assert step(right).status == "right"
    assert "expected 0" in step(copies).message


def test_exception_of_the_learner_becomes_one_line() -> None:
    """Type, message, function, line and source; no traceback."""

    def broken(a: int, b: int) -> int:
        return a + b[0]

    verdict = addition(broken)
    line = broken.__code__.co_firstlineno + 1
    assert verdict.status == "wrong"
    assert verdict.message == (
        "Your code stopped with `TypeError: 'int' object is not subscriptable` "
        f"in `broken`, line {line}: `return a + b[0]`"
    )


def test_exception_inside_a_library_points_to_the_learners_line() -> None:
    """What torch raises is reported at the line that called torch."""

    def broken(a: int, b: int) -> Any:
        return torch.ones(2, 3) @ torch.ones(2, 3)

    message = addition(broken).message
    assert "RuntimeError" in message
    assert "in `broken`" in message


def test_exit_and_recursion_are_caught() -> None:
    """Neither exit() nor endless recursion leaves the check."""

    def leaves(a: int, b: int) -> int:
        raise SystemExit

    def forever(a: int, b: int) -> int:
        return forever(a, b)

    assert addition(leaves).status == "wrong"
    assert "RecursionError" in addition(forever).message


@pytest.mark.parametrize("learner", [lambda a: a, lambda: 3, 5, "word", object()])
def test_what_cannot_be_called_so_is_wrong(learner: Any) -> None:
    """Too few arguments, or no function at all, is the learner's mistake."""
    verdict = addition(learner)
    assert verdict.status == "wrong"
    assert "TypeError" in verdict.message


def test_class_that_lacks_what_is_asked_is_wrong() -> None:
    """A missing method, or one with other arguments, is the learner's mistake."""

    class Empty:
        pass

    class NoArgument:
        def add(self) -> int:
            return 1

    assert "has no attribute 'add'" in counter(Empty).message
    assert "takes 1 positional argument" in counter(NoArgument).message


def test_bug_of_the_check_is_raised() -> None:
    """Our own mistake is never reported as the learner's."""

    @checked(hint="none")
    def buggy(learner: Any) -> None:
        learner(1)
        np.ones(2) @ np.ones(3)

    @checked(hint="none")
    def typo(learner: Any) -> None:
        np.ones(2).shap  # noqa: B018

    with pytest.raises(ValueError, match="mismatch"):
        buggy(lambda x: x)
    with pytest.raises(AttributeError, match="shap"):
        typo(lambda x: x)


def test_changed_input_is_named() -> None:
    """A function that changes what it was given hears so."""

    def changes(x: np.ndarray) -> np.ndarray:
        x *= 2
        return x

    assert "changes its input `x`" in doubled(changes).message


def test_endless_loop_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop without end is stopped, even one that catches everything."""
    monkeypatch.setattr(_verdict, "SECONDS", 0.2)

    def endless(a: int, b: int) -> int:
        while True:
            pass

    def stubborn(a: int, b: int) -> int:
        tries = 0
        while True:
            try:
                while True:
                    pass
            except:  # noqa: E722
                tries += 1
                if tries > 1:
                    raise

    for learner in (endless, stubborn):
        verdict = addition(learner)
        assert verdict.status == "wrong"
        assert "still running" in verdict.message


@pytest.fixture
def restless() -> Iterator[None]:
    """Let threads take turns all the time, so that rare orders of events happen."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless")
def test_time_limit_leaves_nothing_behind() -> None:
    """Blocks that end close to the limit never raise after they were left."""
    struck = 0
    for i in range(3000):
        try:
            with _verdict.time_limit(1e-4):
                end = time.perf_counter() + 1e-4 * (i % 100) / 10
                while time.perf_counter() < end:
                    pass
        except _verdict.TimeIsUp:
            struck += 1
    assert 0 < struck < 3000
    assert not [t for t in threading.enumerate() if t.name.startswith("time limit")]


def test_html_escapes_and_needs_no_colour() -> None:
    """The learner's text is inert; sign, word and frame carry the status."""
    pages = {
        status: Verdict(status, "`a<b` & <script>")._repr_html_()
        for status in ("right", "wrong", "not yet")
    }
    for html in pages.values():
        assert "<code>a&lt;b</code> &amp; &lt;script&gt;" in html
        assert "background" not in html
        assert " color:" not in html
    assert "Right." in pages["right"]
    assert "solid" in pages["right"]
    assert "Not right." in pages["wrong"]
    assert "double" in pages["wrong"]
    assert "Not yet." in pages["not yet"]
    assert "dashed" in pages["not yet"]


BROKEN_CHECK = """
from utils.checks._verdict import checked
from utils.data._idx import parse_idx

@checked(hint="Anything.")
def broken(learner):
    parse_idx(b"")

print(broken(1))
"""


def test_a_fault_of_ours_is_ours_in_a_linked_checkout(tmp_path: Path) -> None:
    """Files are told apart by the name that they were found by, a link's too."""
    link = tmp_path / "link"
    link.symlink_to(Path(_verdict.__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-c", BROKEN_CHECK],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(link)},
        capture_output=True,
        text=True,
    )
    assert str(link) in run.stderr
    assert run.stderr.endswith("ValueError: not an IDX file of unsigned bytes\n")


def test_a_file_beside_ours_with_a_longer_name_is_the_learners(tmp_path: Path) -> None:
    """`utils_mine.py` beside `utils` is not of the course."""
    copy = shutil.copytree(Path(_verdict.__file__).parents[1], tmp_path / "utils")
    code = "def answer():\n    return 1 / 0\n"
    (copy.parent / "utils_mine.py").write_text(code, encoding="utf-8")
    program = BROKEN_CHECK.replace('parse_idx(b"")', "learner()")
    program = program.replace("print(broken(1))", "print(broken(answer))")
    run = subprocess.run(
        [sys.executable, "-c", f"from utils_mine import answer\n{program}"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert "in `answer`, line 2: `return 1 / 0`" in run.stdout, run.stderr
