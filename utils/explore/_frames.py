"""Draw the frames of an interactive picture and encode them as WebP.

A frame has 1.25 pixels for each CSS pixel of a figure at its natural width, which
is two for each on a phone, where the figure is narrower.
"""

from __future__ import annotations

import contextlib
import inspect
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from utils.explore._controls import Control, Value, combinations

CSS_DPI = 96
FRAME_DPI = 120
MAX_BYTES = 600_000

Draw = Callable[..., str]


@dataclass(frozen=True)
class Frame:
    """One picture (WebP) and the sentence that says what is to be seen."""

    image: bytes
    sentence: str


@dataclass(frozen=True)
class Film:
    """All frames of a widget, in the order of `combinations`, and their size.

    Width and height are in CSS pixels.
    """

    frames: tuple[Frame, ...]
    width: int
    height: int


def shoot(draw: Draw, controls: tuple[Control, ...], start: int) -> Film:
    """Draw every frame; `start` is the number of the one that is shown first.

    Raises `TypeError` or `ValueError` in one line that names the frame where `draw`
    did not make one figure and return one sentence, and where all is over 600 KB.
    """
    settings = combinations(controls)
    _check_arguments(draw, settings[start])
    first = draw_pixels(draw, settings[start])
    encode = choose_encoder(first[0])
    frames = []
    for number, values in enumerate(settings):
        pixels, sentence = first if number == start else draw_pixels(draw, values)
        if pixels.shape != first[0].shape:
            raise ValueError(
                f"All frames must have one size: {_named(settings[start])} has "
                f"{_size(first[0])}, {_named(values)} has {_size(pixels)}; "
                "give plt.subplots the same figsize."
            )
        frames.append(Frame(encode(pixels), sentence))
    _check_bytes(frames, controls)
    height, width = (round(side * CSS_DPI / FRAME_DPI) for side in first[0].shape[:2])
    return Film(tuple(frames), width, height)


def draw_pixels(draw: Draw, values: Mapping[str, Value]) -> tuple[np.ndarray, str]:
    """Call `draw` once; return its picture, uint8 (H, W, 3), and its sentence."""
    with _new_figures(values) as figures:
        sentence = draw(**values)
    # _new_figures has closed them: nothing is left for the notebook to show.
    if len(figures) != 1:
        found = "no figure" if not figures else f"{len(figures)} figures"
        raise ValueError(
            f"draw made {found} for {_named(values)}; "
            "make exactly one with plt.subplots() and do not call plt.show()."
        )
    if not isinstance(sentence, str) or not sentence.strip():
        returned = "an empty string" if isinstance(sentence, str) else repr(sentence)
        if len(returned) > 40:
            returned = f"a {type(sentence).__name__}"
        raise TypeError(
            f"draw returned {returned} for {_named(values)}; "
            "return one sentence that says what is to be seen."
        )
    return _pixels(figures[0]), " ".join(sentence.split())


def choose_encoder(pixels: np.ndarray) -> Callable[[np.ndarray], bytes]:
    """Return the encoder for a widget: lossless, or lossy where that is far smaller.

    Plots are smaller lossless and photographs smaller lossy, so one frame decides
    for all: frames of two kinds would flicker.
    """
    lossless, lossy = encode_lossless(pixels), encode_lossy(pixels)
    return encode_lossy if len(lossy) < 0.75 * len(lossless) else encode_lossless


def encode_lossless(pixels: np.ndarray) -> bytes:
    """Encode uint8 (H, W, 3) with 16 levels a channel (black and white exact)."""
    levels = np.rint(pixels * (15 / 255)).astype(np.uint8) * np.uint8(17)
    return _webp(levels, lossless=True, method=2)


def encode_lossy(pixels: np.ndarray) -> bytes:
    """Encode uint8 (H, W, 3) as a photograph."""
    return _webp(pixels, quality=75, method=4)


def _webp(pixels: np.ndarray, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", **options)
    return file.getvalue()


@contextlib.contextmanager
def _new_figures(values: Mapping[str, Value]) -> Iterator[list[Figure]]:
    """Collect the figures that are opened inside, and close them."""
    before = set(plt.get_fignums())
    figures: list[Figure] = []
    try:
        yield figures
        figures += [plt.figure(n) for n in plt.get_fignums() if n not in before]
    except Exception as error:
        error.add_note(f"This happened while draw made the frame {_named(values)}.")
        raise
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)


def _pixels(figure: Figure) -> np.ndarray:
    figure.set_dpi(FRAME_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    rgba = np.asarray(canvas.buffer_rgba())
    alpha = rgba[..., 3:] / 255
    on_white = rgba[..., :3] * alpha + 255 * (1 - alpha)
    return np.rint(on_white).astype(np.uint8)


def _check_arguments(draw: Draw, values: Mapping[str, Value]) -> None:
    try:
        inspect.signature(draw).bind(**values)
    except TypeError as error:
        raise TypeError(
            f"draw must take the controls as its arguments ({', '.join(values)}): "
            f"{error}."
        ) from None


def _check_bytes(frames: list[Frame], controls: tuple[Control, ...]) -> None:
    total = sum(len(image) for image in {frame.image for frame in frames})
    if total <= MAX_BYTES:
        return
    longest = max(controls, key=lambda control: len(control.values))
    room = len(longest.values) * MAX_BYTES // total
    advice = (
        f"thin {longest.name} from {len(longest.values)} values to {room}"
        if room >= 2
        else "draw less"
    )
    raise ValueError(
        f"{len(frames)} frames of {total / len(frames) / 1000:.1f} KB are "
        f"{total / 1000:.0f} KB, and {MAX_BYTES // 1000} KB is the most: {advice}, "
        "or make the figure smaller with figsize."
    )


def _named(values: Mapping[str, Value]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def _size(pixels: np.ndarray) -> str:
    height, width = pixels.shape[:2]
    return f"{width / FRAME_DPI:g} by {height / FRAME_DPI:g} inches"
