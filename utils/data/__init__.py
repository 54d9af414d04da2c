"""The data of the chapters: real, small, and there without a network.

    from utils.data import mnist
    X, y = mnist("train")

Every set is shipped beside this package in `utils/datasets/`, whose README has
a card for each: origin, licence, size, and what it is not.
`mnist` and `fashion_mnist` can also fetch the full standard set.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np

__all__ = ["digits", "fashion_mnist", "mnist", "picture"]

Split = Literal["train", "test"]

PICTURES = {"cat": "cat.png"}


def mnist(split: Split, full: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return handwritten digits: X uint8 (N, 28, 28) in 0..255, y int64 (N,).

    Shipped: 5,000 for "train" and 1,000 for "test", the same number of each
    digit. `full=True` fetches the 60,000 and 10,000 of the original (11 MB, kept
    in a cache) and, where that fails, says so in one line and returns the
    shipped ones. Raises `ValueError` for an unknown split.
    Source: Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database.
    """
    return _load("mnist", split, full)


def fashion_mnist(split: Split, full: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return pictures of clothes: X uint8 (N, 28, 28) in 0..255, y int64 (N,).

    The ten classes in order: T-shirt/top, trouser, pullover, dress, coat,
    sandal, shirt, sneaker, bag, ankle boot. Sizes, `full` (31 MB) and errors are
    those of `mnist`. Source: H. Xiao, K. Rasul, R. Vollgraf, arXiv:1708.07747.
    """
    return _load("fashion-mnist", split, full)


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return small digits: X float32 (1797, 8, 8) in 0..16, y int64 (1797,).

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten
    Digits, UCI Machine Learning Repository, as carried by scikit-learn.
    """
    X, y = _shipped("digits")
    return X.astype("float32"), y


def picture(name: str) -> np.ndarray:
    """Return a photograph, uint8 (H, W, 3) in 0..255: "cat" is (300, 451, 3).

    Raises `ValueError` for an unknown name. Source: S. van der Walt (CC0).
    """
    import numpy as np
    from PIL import Image

    if name not in PICTURES:
        known = ", ".join(PICTURES)
        raise ValueError(f"unknown picture {name!r}: choose one of {known}")
    with (files("utils") / "datasets" / PICTURES[name]).open("rb") as file:
        return np.array(Image.open(file).convert("RGB"))


def _load(name: str, split: Split, full: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return one split of an MNIST-like set, shipped or full."""
    if split not in ("train", "test"):
        raise ValueError(f"unknown split {split!r}: choose one of train, test")
    if full:
        from utils.data._fetch import Unavailable
        from utils.data._full import load_full

        try:
            return load_full(name, split)
        except Unavailable as reason:
            X, y = _shipped(f"{name}-{split}")
            print(f"{name}: using the {len(y):,} shipped {split} examples: {reason}")
            return X, y
    return _shipped(f"{name}-{split}")


def _shipped(stem: str) -> tuple[np.ndarray, np.ndarray]:
    """Return images uint8 (N, H, W) and labels int64 (N,) of `utils/datasets/`."""
    import gzip

    from utils.data._idx import parse_idx

    folder = files("utils") / "datasets"
    X, y = (
        parse_idx(gzip.decompress((folder / f"{stem}-{part}.idx.gz").read_bytes()))
        for part in ("images", "labels")
    )
    return X, y.astype("int64")
