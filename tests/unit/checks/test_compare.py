"""The comparisons: what they accept, and the words they reject with."""

from typing import Any

import numpy as np
import pytest
import torch

from utils.checks import _compare as compare
from utils.checks._verdict import Mistake, NotYet

ONES = np.ones((2, 3))


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (3, 3),
        (3.0, 3),
        (np.float64(3), 3),
        (np.array(3.0), 3),
        (torch.tensor(3.0), 3),
        (ONES, ONES + 1e-9),
        (ONES.astype(np.float32), ONES + 1e-6),
        (torch.ones(2, requires_grad=True), torch.ones(2)),
        (torch.ones(2, dtype=torch.bfloat16), torch.ones(2)),
        ((1, ONES), (1, ONES)),
        ({"a": 1}, {"a": 1}),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (np.array([], dtype=float), np.array([], dtype=float)),
    ],
)
def test_allclose_accepts(got: Any, want: Any) -> None:
    """Equal things of the same kind pass."""
    compare.allclose(got, want, "it")
    assert compare.close(got, want)


OFF = ONES.copy()
OFF[1, 2] = 5


@pytest.mark.parametrize(
    ("got", "want", "message"),
    [
        (ONES.T, ONES, "`W` has shape (3, 2), expected (2, 3)."),
        (
            OFF,
            ONES,
            "`W` is 5 at index (1, 2), expected 1 (1 of 6 values differ).",
        ),
        (ONES.astype(int), ONES, "`W` has dtype int64, expected float64."),
        (ONES.tolist(), ONES, "`W` is of type `list`, expected a NumPy array."),
        (
            ONES,
            torch.ones(2, 3),
            "`W` is of type `ndarray`, expected a PyTorch tensor.",
        ),
        (torch.ones(2), np.ones(2), "`W` is of type `Tensor`, expected a NumPy array."),
        (np.array([0, np.nan]), np.array([0.0, 1]), "NaN (not a number) at index 1"),
        (np.array([np.inf, 0]), np.array([2.0, 0]), "infinity at index 0, expected 2"),
        ("3", 3, "`W` is of type `str`, expected a number."),
        (True, 1, "`W` is of type `bool`, expected a number."),
        (4, 3, "`W` is 4, expected 3."),
        (1, (1, 2), "`W` is of type `int`, expected 2 values in a tuple or list."),
        ((1, 2, 3), (1, 2), "`W` has 3 values, expected 2."),
        ((1, 3), (1, 2), "`W`[1] is 3, expected 2."),
        ({"a": 1}, {"b": 1}, "`W` has no 'b'; it has ['a']."),
        ({"a": 1, "b": 2}, {"a": 1}, "`W` has 'b', which does not belong to it."),
        ({"a": 2}, {"a": 1}, "`W`['a'] is 2, expected 1."),
        (np.array(["a"]), np.array([1.0]), "`W` holds <U1 values, expected float64."),
    ],
)
def test_allclose_rejects_in_words(got: Any, want: Any, message: str) -> None:
    """Kind, shape, dtype, NaN, first wrong index and value are named."""
    with pytest.raises(Mistake) as caught:
        compare.allclose(got, want, "`W`")
    assert message in str(caught.value)
    assert not compare.close(got, want)


def test_tolerance_follows_precision() -> None:
    """An error of 1e-5 passes in float32 and fails in float64."""
    compare.allclose((ONES + 1e-5).astype(np.float32), ONES, "it")
    with pytest.raises(Mistake):
        compare.allclose(ONES + 1e-5, ONES, "it")
    compare.allclose(ONES + 1e-5, ONES, "it", atol=1e-4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: compare.equal("b", "a", "It"), "It is 'b', expected 'a'."),
        (lambda: compare.equal(True, 1, "It"), "It is True, expected 1."),
        (lambda: compare.equal((1, 2), (1, 3), "It"), "It[1] is 2, expected 3."),
        (lambda: compare.equal(ONES, 3, "It"), "expected 3."),
        (lambda: compare.shape(ONES, (2,), "It"), "It has shape (2, 3), expected (2,)"),
        (
            lambda: compare.shape(3, (2,), "It"),
            "It is of type `int`, expected an array",
        ),
        (lambda: compare.parts(3, 2, "It"), "It is of type `int`, expected 2 values"),
        (lambda: compare.is_a(3, str, "It"), "It is of type `int`, expected `str`."),
        (lambda: compare.is_a(3, (str, list), "It"), "expected `str` or `list`."),
        (lambda: compare.function(3, "It"), "It is of type `int`, expected a function"),
    ],
)
def test_others_reject_in_words(call: Any, message: str) -> None:
    """Each comparison says what came and what was expected."""
    with pytest.raises(Mistake) as caught:
        call()
    assert message in str(caught.value)


def test_others_accept() -> None:
    """Each comparison passes what it asks for."""
    compare.equal(np.int64(3), 3, "it")
    compare.equal([1, "a"], (1, "a"), "it")
    compare.shape(torch.ones(2, 3), (2, 3), "it")
    assert compare.parts((1, 2), 2, "it") == [1, 2]
    compare.is_a(3, int, "it")
    compare.function(len, "it")


def test_nothing_is_not_yet() -> None:
    """None or `...` is never a mistake."""
    for call in (
        lambda v: compare.allclose(v, 3, "it"),
        lambda v: compare.equal(v, 3, "it"),
        lambda v: compare.shape(v, (3,), "it"),
        lambda v: compare.parts(v, 2, "it"),
        lambda v: compare.is_a(v, int, "it"),
        lambda v: compare.function(v, "it"),
    ):
        for nothing in (None, ...):
            with pytest.raises(NotYet):
                call(nothing)


@pytest.mark.parametrize("x", [np.ones(2), torch.ones(2), [1.0, 2.0]])
def test_untouched_sees_changes(x: Any) -> None:
    """Arrays, tensors and lists are watched."""
    with compare.untouched(x=x):
        pass
    with pytest.raises(Mistake, match="changes its input `x`"), compare.untouched(x=x):
        x[0] = 7.0
