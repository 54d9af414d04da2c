"""Controls: what they accept, how they are shown, and what a mistake says."""

from __future__ import annotations

import numpy as np
import pytest

from utils.explore._controls import (
    combinations,
    format_values,
    make_controls,
    start_index,
)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((0.1 + 0.2, 0.5), ("0.3", "0.5")),
        ((1e-05, 1e-06), ("0.00001", "1e\N{MINUS SIGN}6")),
        ((2.5e-07, 1.5e12), ("2.5e\N{MINUS SIGN}7", "1.5e12")),
        ((1.0, 10.0, 100000.0, 1e8), ("1", "10", "100000", "100000000")),
        ((-0.5, 0.0, -0.0001), ("\N{MINUS SIGN}0.5", "0", "\N{MINUS SIGN}0.0001")),
        ((-3, 0, 12345678), ("\N{MINUS SIGN}3", "0", "12345678")),
        ((1.0000001, 1.0000002), ("1.0000001", "1.0000002")),
        ((float("inf"), -float("inf")), ("∞", "\N{MINUS SIGN}∞")),
        ((True, False), ("on", "off")),
        (("same", "valid"), ("same", "valid")),
    ],
)
def test_labels(values, labels):
    """Numbers are short and all different."""
    assert format_values(values) == labels


def test_kinds_and_names():
    """The type of the values picks the control; _ in a name is a space."""
    given = {
        "learning_rate": np.array([0.1, 1.0]),
        "few": ["a", "b", "c", "d"],
        "many": ["a", "b", "c", "d", "e"],
        "bias": [True, False],
        "steps": range(3),
    }
    controls = [make_controls({name: values})[0] for name, values in given.items()]
    kinds = [control.kind for control in controls]
    assert kinds == ["slider", "radio", "select", "checkbox", "slider"]
    assert controls[0].label == "learning rate"
    assert type(controls[0].values[0]) is float


def test_last_control_changes_fastest():
    """The frames come in the order of nested loops."""
    controls = make_controls({"a": [1, 2], "b": ["x", "y"]})
    assert combinations(controls) == [
        {"a": 1, "b": "x"},
        {"a": 1, "b": "y"},
        {"a": 2, "b": "x"},
        {"a": 2, "b": "y"},
    ]


def test_start():
    """A control that `start` does not name starts at its first value."""
    controls = make_controls({"a": [1, 2], "b": ["x", "y"]})
    assert start_index(controls, None) == (0, 0)
    assert start_index(controls, {"b": "y"}) == (0, 1)
    assert start_index(controls, {"a": np.int64(2)}) == (1, 0)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ({"a": 3}, r"start: a=3 is not among its values \(1, 2\)\."),
        ({"c": 1}, r"start: there is no control 'c'; the controls are a\."),
    ],
)
def test_wrong_start(start, message):
    """A wrong start names the control and what there is."""
    with pytest.raises(ValueError, match=message):
        start_index(make_controls({"a": [1, 2]}), start)


@pytest.mark.parametrize(
    ("controls", "error", "message"),
    [
        ({}, ValueError, "explore needs a control"),
        ({"lr": []}, ValueError, "'lr' has 0 values; give it at least two"),
        ({"lr": [1]}, ValueError, "'lr' has 1 value; give it at least two"),
        ({"lr": 0.1}, TypeError, "'lr' needs a list of values, not float"),
        ({"mode": "ab"}, TypeError, "'mode' needs a list of values, not str"),
        ({"lr": [1, "a"]}, TypeError, "'lr' mixes numbers and strings"),
        ({"lr": [1, True]}, TypeError, "'lr' mixes booleans and numbers"),
        ({"lr": [None, 1]}, TypeError, "'lr' has a value of type NoneType"),
        ({"lr": [1, float("nan")]}, ValueError, "'lr' has the value nan"),
        ({"lr": [1, 1.0]}, ValueError, "'lr' has the same value twice"),
        ({"learning rate": [1, 2]}, ValueError, "'learning rate' is not"),
        (
            {"lr": range(13), "momentum": range(5)},
            ValueError,
            "13 lr times 5 momentum make 65 frames, and 64 is the most: "
            "thin lr to 12 values",
        ),
        (
            {"a": range(8), "b": range(8), "c": range(8)},
            ValueError,
            "make 512 frames, .* thin a to 2 values and the others as well",
        ),
    ],
)
def test_wrong_controls(controls, error, message):
    """A mistake is one line that names the control and what to do."""
    with pytest.raises(error, match=message) as caught:
        make_controls(controls)
    assert "\n" not in str(caught.value)


def test_64_frames_are_allowed():
    """The limit itself is within the limit."""
    assert len(combinations(make_controls({"a": range(8), "b": range(8)}))) == 64
