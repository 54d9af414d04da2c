"""The look of the figures: contrast, sizes, weight."""

import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from PIL import Image

from utils.plotting import COLORS, use_style


@pytest.fixture(autouse=True)
def style():
    """Use the style, and take it back afterwards."""
    with mpl.rc_context():
        mpl.rcdefaults()
        use_style()
        yield
    plt.close("all")


def luminance(color):
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    rgb = np.array(mpl.colors.to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("name", ["data", "train", "validation", "truth", "accent"])
def test_colour_reaches_a_contrast_of_three_on_white(name):
    assert 1.05 / (luminance(COLORS[name]) + 0.05) >= 3


def test_every_line_of_the_cycle_differs_in_colour_and_in_dashes():
    cycle = plt.rcParams["axes.prop_cycle"].by_key()
    assert sorted(cycle["color"]) == sorted(COLORS.values())
    assert len({str(dashes) for dashes in cycle["linestyle"]}) == len(COLORS)


def test_figure_has_white_ground_two_spines_and_cividis():
    fig, ax = plt.subplots()
    assert fig.get_facecolor() == (1, 1, 1, 1)
    assert [ax.spines[side].get_visible() for side in ("top", "right")] == [False] * 2
    assert ax.imshow([[0, 1]]).get_cmap().name == "cividis"


def test_letters_stay_readable_on_a_phone():
    width = plt.rcParams["figure.figsize"][0]
    for part in ("axes.labelsize", "xtick.labelsize", "ytick.labelsize"):
        pixels = plt.rcParams[part] / 72 / width * 330  # a phone's column
        assert pixels >= 9


def test_typical_figure_is_crisp_and_light():
    rng = np.random.default_rng(0)
    fig, axes = plt.subplots(1, 2)
    axes[0].plot(rng.normal(size=(50, 2)).cumsum(axis=0), label=["one", "two"])
    axes[0].legend()
    axes[1].scatter(*rng.normal(size=(2, 100)))
    file = io.BytesIO()
    fig.savefig(file)
    assert Image.open(file).width >= 700
    assert len(file.getvalue()) < 60e3
