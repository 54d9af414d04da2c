"""The shipped data: what the loaders promise, and what the files hold."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

import utils
from utils import data
from utils.data._idx import format_idx, parse_idx

DATASETS = Path(utils.__file__).parent / "datasets"
LOADERS = [data.mnist, data.fashion_mnist]


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize(("split", "n"), [("train", 500), ("test", 100)])
def test_shipped_subset_is_balanced_and_of_the_promised_types(load, split, n):
    X, y = load(split)
    assert X.shape == (10 * n, 28, 28)
    assert X.dtype == np.uint8
    assert y.dtype == np.int64
    assert np.bincount(y).tolist() == [n] * 10
    assert X.min() == 0
    assert X.max() == 255


@pytest.mark.parametrize("load", LOADERS)
def test_no_picture_stands_twice_or_in_both_splits(load):
    images = [
        image.tobytes() for split in ("train", "test") for image in load(split)[0]
    ]
    assert len(set(images)) == 6000


@pytest.mark.parametrize("load", LOADERS)
def test_classes_are_mixed_so_that_a_first_part_is_a_fair_sample(load):
    _, y = load("train")
    assert np.bincount(y[:1000], minlength=10).min() > 70


@pytest.mark.parametrize(
    ("load", "ink"), [(data.mnist, (0.13, 0.31)), (data.fashion_mnist, (0.286, 0.353))]
)
def test_subset_has_the_known_mean_and_deviation_of_the_full_set(load, ink):
    X = load("train")[0] / 255
    assert (X.mean(), X.std()) == pytest.approx(ink, abs=0.005)


def test_digits_are_those_of_scikit_learn():
    from sklearn.datasets import load_digits

    X, y = data.digits()
    theirs = load_digits()
    assert X.dtype == np.float32
    assert y.dtype == np.int64
    assert np.array_equal(X, theirs.images)
    assert np.array_equal(y, theirs.target)


def test_cat_is_that_of_scikit_image():
    from skimage.data import chelsea

    assert np.array_equal(data.picture("cat"), chelsea())


def test_arrays_belong_to_the_caller():
    X, _ = data.mnist("test")
    X[:] = 7
    assert data.mnist("test")[0].max() == 255
    assert data.picture("cat").flags.writeable


def test_unknown_split_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"unknown split 'valid'.*train, test"):
        data.mnist("valid")


def test_unknown_picture_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"unknown picture 'dog'.*cat"):
        data.picture("dog")


def test_shipped_files_stay_small_and_each_has_a_card():
    files = [path for path in DATASETS.iterdir() if path.name != "README.md"]
    assert sum(path.stat().st_size for path in files) < 6e6
    cards = (DATASETS / "README.md").read_text()
    for path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert f"| `{path.name}` | {path.stat().st_size:,} | `{digest}` |" in cards


def test_idx_round_trip_keeps_shape_and_values():
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    assert np.array_equal(parse_idx(format_idx(array)), array)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not an IDX file"),
        (b"<html>", "not an IDX file"),
        (bytes([0, 0, 8, 1, 0, 0, 0, 5, 1, 2]), "says .5,., but 2 bytes follow"),
        (bytes([0, 0, 8, 3, 0, 0]), "not an IDX file"),
    ],
)
def test_damaged_idx_is_refused(content, message):
    with pytest.raises(ValueError, match=message):
        parse_idx(content)


def test_idx_of_another_type_is_refused():
    with pytest.raises(ValueError, match="uint8, not int64"):
        format_idx(np.zeros(3, dtype=np.int64))
