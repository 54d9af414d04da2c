"""One look for every figure: call `use_style()` once, then plain matplotlib.

A quantity keeps its colour through the whole course, so that a reader learns it
once: `ax.plot(loss, color=COLORS["train"])`.
"""

from importlib.resources import as_file, files

# Okabe and Ito's palette for all kinds of colour vision (jfly.uni-koeln.de/color),
# as far as it reaches a contrast of 3:1 on white.
COLORS = {
    "data": "#000000",  # black
    "train": "#0072B2",  # blue
    "validation": "#D55E00",  # vermilion
    "truth": "#009E73",  # bluish green
    "accent": "#CC79A7",  # reddish purple
}


def use_style() -> None:
    """Give every matplotlib figure from here on the look of the course."""
    import matplotlib.pyplot as plt

    with as_file(files("utils") / "course.mplstyle") as path:
        plt.style.use(path)
