"""The live form of an interactive picture: ipywidgets, in Jupyter and Colab.

Only widgets that ipywidgets 7 (Colab's) has as well.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as widgets

from utils.explore._controls import Control

if TYPE_CHECKING:
    from utils.explore._explorer import Explorer

WIDE_LABEL = {"description_width": "initial"}


def to_widget(explorer: Explorer) -> widgets.VBox:
    """Return the controls above the picture and its sentence, wired together."""
    film = explorer.film
    picture = widgets.Image(
        value=explorer.first_frame.image,
        format="webp",
        layout=widgets.Layout(width=f"{film.width}px", max_width="100%"),
    )
    sentence = widgets.HTML(value=_live_line(explorer.first_frame.sentence))
    inputs = [
        _INPUTS[control.kind](control, index)
        for control, index in zip(explorer.controls, explorer.start, strict=True)
    ]

    def redraw(_change: object) -> None:
        frame = explorer.frame(
            **{c.name: i.value for c, i in zip(explorer.controls, inputs, strict=True)}
        )
        picture.value = frame.image
        sentence.value = _live_line(frame.sentence)

    for control_input in inputs:
        control_input.observe(redraw, names="value")
    return widgets.VBox([*inputs, picture, sentence])


def _live_line(sentence: str) -> str:
    return f'<span aria-live="polite">{escape(sentence)}</span>'


def _choice(kind: type[widgets.Widget]) -> Callable[[Control, int], widgets.Widget]:
    def make(control: Control, index: int) -> widgets.Widget:
        return kind(
            options=list(zip(control.labels, control.values, strict=True)),
            value=control.values[index],
            description=control.label,
            style=WIDE_LABEL,
            layout=widgets.Layout(max_width="100%"),
        )

    return make


def _checkbox(control: Control, index: int) -> widgets.Checkbox:
    return widgets.Checkbox(
        value=control.values[index], description=control.label, indent=False
    )


_INPUTS: dict[str, Callable[[Control, int], widgets.Widget]] = {
    "slider": _choice(widgets.SelectionSlider),
    "radio": _choice(widgets.RadioButtons),
    "select": _choice(widgets.Dropdown),
    "checkbox": _checkbox,
}
