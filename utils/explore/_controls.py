"""The controls of an interactive picture: their values, kinds and labels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Value = bool | int | float | str

MAX_FRAMES = 64
MOST_RADIO_BUTTONS = 4
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Control:
    """One control: what `draw` calls it, and the values it can take."""

    name: str
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        """The name as a reader sees it."""
        return self.name.replace("_", " ")

    @property
    def labels(self) -> tuple[str, ...]:
        """The values as a reader sees them, all different, one for each value."""
        return format_values(self.values)

    @property
    def kind(self) -> str:
        """One of "checkbox", "slider", "radio" and "select"."""
        if isinstance(self.values[0], bool):
            return "checkbox"
        if not isinstance(self.values[0], str):
            return "slider"
        return "radio" if len(self.values) <= MOST_RADIO_BUTTONS else "select"


def make_controls(given: Mapping[str, Iterable[Any]]) -> tuple[Control, ...]:
    """Check the controls that `explore` was given.

    Raises `TypeError` or `ValueError`, in one line that names the control.
    """
    if not given:
        raise ValueError("explore needs a control, for example lr=[0.01, 0.1, 1.0].")
    controls = tuple(_make_control(name, values) for name, values in given.items())
    _check_number_of_frames(controls)
    return controls


def start_index(
    controls: tuple[Control, ...], start: Mapping[str, Any] | None
) -> tuple[int, ...]:
    """Return, for each control, the index of its value in the first frame."""
    start = {} if start is None else dict(start)
    indices = []
    for control in controls:
        value = _plain(start.pop(control.name, control.values[0]))
        if value not in control.values:
            raise ValueError(
                f"start: {control.name}={value!r} is not among its values "
                f"({', '.join(control.labels)})."
            )
        indices.append(control.values.index(value))
    if start:
        raise ValueError(
            f"start: there is no control {next(iter(start))!r}; the controls are "
            f"{', '.join(control.name for control in controls)}."
        )
    return tuple(indices)


def combinations(controls: tuple[Control, ...]) -> list[dict[str, Value]]:
    """Return the values of every frame; the last control changes fastest."""
    names = [control.name for control in controls]
    every = itertools.product(*(control.values for control in controls))
    return [dict(zip(names, values, strict=True)) for values in every]


def format_values(values: tuple[Value, ...]) -> tuple[str, ...]:
    """Label values with as few digits (six or more) as keep them apart."""
    for digits in range(6, 17):
        labels = tuple(_format(value, digits) for value in values)
        if len(set(labels)) == len(set(values)):
            return labels
    return tuple(_format(value, 17) for value in values)


def _make_control(name: str, given: Iterable[Any]) -> Control:
    if not name.isidentifier():
        raise ValueError(
            f"A control's name must be a Python name; {name!r} is not: "
            "use letters, digits and _ (shown as a space)."
        )
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise TypeError(
            f"Control {name!r} needs a list of values, not {type(given).__name__}."
        )
    values = tuple(_plain(value) for value in given)
    if len(values) < 2:
        raise ValueError(
            f"Control {name!r} has {_count(len(values), 'value')}; "
            "give it at least two, or leave it out."
        )
    kinds = {_kind_of(name, value) for value in values}
    if len(kinds) > 1:
        raise TypeError(
            f"Control {name!r} mixes {' and '.join(sorted(kinds))}; use one kind."
        )
    if len(set(values)) < len(values):
        raise ValueError(f"Control {name!r} has the same value twice.")
    return Control(name, values)


def _check_number_of_frames(controls: tuple[Control, ...]) -> None:
    frames = math.prod(len(control.values) for control in controls)
    if frames <= MAX_FRAMES:
        return
    longest = max(controls, key=lambda control: len(control.values))
    others = frames // len(longest.values)
    room = MAX_FRAMES // others
    product = " times ".join(f"{len(c.values)} {c.name}" for c in controls)
    advice = (
        f"thin {longest.name} to {_count(room, 'value')}."
        if room >= 2
        else f"thin {longest.name} to 2 values and the others as well."
    )
    raise ValueError(
        f"{product} make {frames} frames, and {MAX_FRAMES} is the most: {advice}"
    )


def _kind_of(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "booleans"
    if isinstance(value, str):
        return "strings"
    if isinstance(value, int | float):
        if math.isnan(value):
            raise ValueError(f"Control {name!r} has the value nan.")
        return "numbers"
    raise TypeError(
        f"Control {name!r} has a value of type {type(value).__name__}; "
        "use numbers, strings or booleans."
    )


def _plain(value: Any) -> Any:
    """Turn a NumPy or PyTorch scalar into Python's own."""
    is_scalar = getattr(value, "ndim", None) == 0 and hasattr(value, "item")
    return value.item() if is_scalar else value


def _format(value: Value, digits: int) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value).replace("-", MINUS)
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    number = Decimal(f"{value:.{digits}g}")
    if number == 0:
        return "0"
    if -5 <= number.adjusted() < 9:
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, exponent = f"{number:e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
