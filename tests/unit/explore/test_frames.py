"""Frames: one figure and one sentence each, closed, small, and of one size."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from utils.explore import _frames as frames
from utils.explore import explore


def line(slope):
    """Draw a line."""
    _, ax = plt.subplots(figsize=(4, 3))
    ax.plot([0, 1], [0, slope])
    return f"The line rises to {slope}."


def two_figures(slope):
    """Draw one too many."""
    plt.subplots()
    return line(slope)


def shown(slope):
    """Close the figure before it can be taken, as plt.show() does."""
    sentence = line(slope)
    plt.close("all")
    return sentence


def silent(slope):
    """Return nothing."""
    line(slope)


def returns_figure(slope):
    """Return the wrong thing."""
    line(slope)
    return plt.gcf()


def returns_blank(slope):
    """Return a sentence without words."""
    line(slope)
    return "  "


def grows(slope):
    """Make figures of different sizes."""
    plt.subplots(figsize=(slope, 3))
    return "It grows."


def other_argument(rate):
    """Take another name."""
    return line(rate)


def test_figures_are_closed_and_others_left_alone():
    """Only the figures that draw opened go."""
    mine, _ = plt.subplots()
    explore(line, slope=[1, 2])
    assert plt.get_fignums() == [mine.number]
    plt.close(mine)


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (two_figures, ValueError, "draw made 2 figures for slope=2; make exactly one"),
        (shown, ValueError, "draw made no figure for slope=2; .*do not call plt.show"),
        (silent, TypeError, "draw returned None for slope=2; return one sentence"),
        (returns_figure, TypeError, "draw returned .*Figure.* for slope=2"),
        (returns_blank, TypeError, "draw returned an empty string for slope=2"),
        (grows, ValueError, "slope=2 has 2 by 3 inches, slope=3 has 3 by 3 inches"),
        (other_argument, TypeError, r"draw must take .* \(slope\): missing .* 'rate'"),
    ],
)
def test_wrong_draw(draw, error, message):
    """A mistake is one line that names the frame, and leaves no figure behind."""
    with pytest.raises(error, match=message) as caught:
        explore(draw, slope=[2, 3])
    assert "\n" not in str(caught.value)
    assert plt.get_fignums() == []


def test_error_inside_draw_names_the_frame():
    """The learner's own error comes through, with the values that caused it."""

    def divide(by):
        plt.subplots()
        return f"One over it is {1 / by}."

    with pytest.raises(ZeroDivisionError) as caught:
        explore(divide, by=[1, 0])
    assert "by=0" in caught.value.__notes__[0]
    assert plt.get_fignums() == []


def test_too_many_bytes(monkeypatch):
    """Over the budget, the message says how much and which control to thin."""
    monkeypatch.setattr(frames, "MAX_BYTES", 9000)
    message = (
        r"8 frames of \d+\.\d KB are \d+ KB, and 9 KB is the most: "
        r"thin slope from 8 values to [2-7], or make the figure smaller"
    )
    with pytest.raises(ValueError, match=message):
        explore(line, slope=range(8))


def test_plots_are_lossless_and_photographs_are_not():
    """What is smaller is chosen, and a plot keeps black and white exact."""
    pixels, _ = frames.draw_pixels(line, {"slope": 1})
    assert frames.choose_encoder(pixels) is frames.encode_lossless
    decoded = np.asarray(Image.open(io.BytesIO(frames.encode_lossless(pixels))))
    assert np.array_equal(decoded == 255, np.abs(pixels.astype(int) - 255) <= 8)
    assert np.abs(decoded.astype(int) - pixels).max() <= 8
    noise = np.random.default_rng(0).normal(size=(300, 300, 3)).cumsum(0).cumsum(1)
    photograph = np.uint8(255 * (noise - noise.min()) / np.ptp(noise))
    assert frames.choose_encoder(photograph) is frames.encode_lossy


def test_a_frame_is_small_and_sharp_on_a_phone():
    """A plot of 6.4 inches has two pixels a CSS pixel at 360 px, and ≤ 15 KB."""
    pixels, _ = frames.draw_pixels(wave, {"rate": 0.1})
    assert pixels.shape == (480, 768, 3)
    assert len(frames.encode_lossless(pixels)) < 15_000


def wave(rate):
    """Draw three damped waves with a grid and a legend."""
    _, ax = plt.subplots(figsize=(6.4, 4))
    x = np.linspace(0, 10, 200)
    for phase in range(3):
        ax.plot(x, np.sin(x + phase) * np.exp(-x * rate), label=f"phase {phase}")
    ax.legend()
    ax.grid()
    return "Three damped waves."


def test_a_transparent_figure_stands_on_white():
    """A page in dark mode must not shine through."""

    def clear(level):
        _, ax = plt.subplots(facecolor="none")
        ax.set_axis_off()
        return f"Nothing {level}."

    pixels, _ = frames.draw_pixels(clear, {"level": 1})
    assert (pixels == 255).all()
