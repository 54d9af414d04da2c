"""The document node that stands for one widget."""

from __future__ import annotations

from dataclasses import dataclass, field

from docutils import nodes


@dataclass(frozen=True)
class Control:
    """A control: kind is "slider", "radio", "select" or "checkbox"."""

    kind: str
    label: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Widget:
    """A widget as a cell's output holds it; width and height in CSS pixels.

    `files` are the different pictures by file name; `frames` are (file name,
    sentence) for every combination of the controls, the last changing fastest;
    `start` is the index of each control's first value.
    """

    width: int
    height: int
    start: tuple[int, ...]
    controls: tuple[Control, ...]
    frames: tuple[tuple[str, str], ...] = field(repr=False)
    files: dict[str, bytes] = field(repr=False)

    @property
    def first_frame(self) -> tuple[str, str]:
        """File name and sentence of the frame shown before a control is moved."""
        number = 0
        for control, index in zip(self.controls, self.start, strict=True):
            number = number * len(control.labels) + index
        return self.frames[number]


class explore_widget(nodes.General, nodes.Element):
    """A widget in a document: `widget`, `docname`, and `number` on its page."""
