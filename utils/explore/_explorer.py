"""`explore`: one object that is widgets in a kernel and frames on a page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from utils.explore._controls import Control, Value, make_controls, start_index
from utils.explore._frames import Draw, Film, Frame, shoot
from utils.explore.saved import to_html

if TYPE_CHECKING:
    from ipywidgets import VBox

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Explorer:
    """An interactive picture. Make one with `explore`."""

    def __init__(
        self, controls: tuple[Control, ...], start: tuple[int, ...], film: Film
    ) -> None:
        """Hold the controls, the index of each one's first value, and the frames."""
        self.controls = controls
        self.start = start
        self.film = film
        self._widget: VBox | None = None

    @property
    def first_frame(self) -> Frame:
        """The frame that is shown before a control is moved."""
        return self.film.frames[frame_number(self.controls, self.start)]

    def frame(self, **values: Value) -> Frame:
        """Return the frame for these values, one for each control."""
        indices = tuple(c.values.index(values[c.name]) for c in self.controls)
        return self.film.frames[frame_number(self.controls, indices)]

    @property
    def widget(self) -> VBox:
        """The live form, made when it is first asked for."""
        if self._widget is None:
            from utils.explore._live import to_widget

            self._widget = to_widget(self)
        return self._widget

    def __repr__(self) -> str:
        """Return the sentence of the first frame."""
        return self.first_frame.sentence

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, Any]:
        """Return the live form, the saved form and the sentence, for Jupyter.

        Colab gets no saved form, so that it cannot choose it over the live one.
        """
        bundle: dict[str, Any] = {
            "text/plain": repr(self),
            WIDGET_VIEW: {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.widget.model_id,
            },
        }
        if "google.colab" not in sys.modules:
            bundle["text/html"] = to_html(self)
        return bundle


def explore(
    draw: Draw,
    /,
    *,
    start: Mapping[str, Any] | None = None,
    **controls: Iterable[Any],
) -> Explorer:
    """Make an interactive picture from a function that draws one frame of it.

    Parameters
    ----------
    draw
        Called as `draw(**values)` with one value of each control. It makes one
        Matplotlib figure with `plt.subplots()` and returns one sentence that says
        what is to be seen: it stands under the picture and is read aloud.
    start
        Values of the first frame, such as `{"lr": 0.1}`; where it names none, a
        control starts at its first value.
    controls
        The values of each control, at least two: numbers make a slider, strings
        radio buttons (a menu from five on), booleans a checkbox. A `_` in a name is
        shown as a space. The product of the lengths is at most 64, and the
        frames together are at most 600 KB.

    Returns
    -------
    Explorer
        Show it as the last expression of a cell.

    Raises
    ------
    TypeError, ValueError
        In one line that says which control or frame is wrong and what to do.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> def draw(slope):
    ...     fig, ax = plt.subplots()
    ...     ax.plot([0, 1], [0, slope])
    ...     return f"The line rises to {slope}."
    >>> explore(draw, slope=[1, 2, 3], start={"slope": 2})
    The line rises to 2.

    """
    checked = make_controls(controls)
    first = start_index(checked, start)
    return Explorer(checked, first, shoot(draw, checked, frame_number(checked, first)))


def frame_number(controls: tuple[Control, ...], indices: Iterable[int]) -> int:
    """Return the place among all frames of the one with these control indices."""
    number = 0
    for control, index in zip(controls, indices, strict=True):
        number = number * len(control.values) + index
    return number
