"""Fetch one gzipped file over HTTPS, checked, into a cache: all of it or nothing.

`pooch` keeps the cache: it downloads into a temporary file, checks the SHA-256,
and only then moves the file to its name in one step. What is added here is a
limit on the whole time (a server that trickles does not hold a lesson up), a
limit on the size, a list of mirrors of which one that does not answer is asked
once in a session, and reasons that fit into one line.

The SHA-256 is that of the *unpacked* bytes: mirrors pack the same data with
different gzip settings, and what a lesson depends on is what is inside.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

CONNECT_SECONDS = 10
CHUNK = 1 << 18

_SILENT: set[str] = set()
"""The mirrors that could not be reached, or not in time, since Python started."""


class Unavailable(Exception):
    """A file cannot be had; the text is one line that says why."""


class _Silent(Unavailable):
    """A mirror does not answer, or not in time: it need not be asked again."""


class Deadline:
    """A time that ends: `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return how many seconds are left; at 0 or less the time is over."""
        return self._end - time.monotonic()


def fetch(
    name: str,
    mirrors: Sequence[str],
    sha256: str,
    size: int,
    folder: Path,
    deadline: Deadline,
    *,
    loopback: bool = False,
) -> Path:
    """Return the path in `folder` of `name`, fetched unless it is there already.

    Each of `mirrors` is a URL to which `name` + ".gz" is appended; they are tried in
    order, all of them before `deadline`. The unpacked file has `size` bytes and the
    hash `sha256`. `loopback` allows plain HTTP to 127.0.0.1, for tests.
    Raises `Unavailable` when every mirror fails or `folder` cannot be written.
    """
    import pooch

    reasons = []
    for mirror in mirrors:
        url = f"{mirror}{name}.gz"
        try:
            with _quiet(pooch.get_logger()):
                return Path(
                    pooch.retrieve(
                        url,
                        known_hash=f"sha256:{sha256}",
                        fname=name,
                        path=folder,
                        downloader=_downloader(size, mirror, deadline, loopback),
                    )
                )
        except Unavailable as reason:
            if isinstance(reason, _Silent):
                _SILENT.add(mirror)
            reasons.append(f"{urlsplit(url).hostname}: {reason}")
        except ValueError:  # pooch: the hash differs
            reasons.append(f"{urlsplit(url).hostname}: the checksum of {name} is wrong")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise Unavailable(
                f"the cache folder {folder} cannot be used ({reason}); "
                "set COURSE_CACHE to another"
            ) from error
    raise Unavailable("; ".join(reasons))


def _downloader(size: int, mirror: str, deadline: Deadline, loopback: bool) -> Callable:
    """Return what `pooch` calls as `download(url, path, pooch)` to get a file."""

    def download(url: str, path: str, _pooch: object) -> None:
        import requests
        import urllib3

        if mirror in _SILENT:
            raise Unavailable("no answer before; restart the kernel to ask again")
        left = deadline.left()
        if left <= 0:
            raise Unavailable(f"not asked, the {deadline.seconds:g} s are over")
        timeout = min(CONNECT_SECONDS, left)
        _require_safe(url, loopback)
        try:
            with requests.get(
                url,
                stream=True,
                timeout=timeout,
                headers={"Accept-Encoding": "identity"},
            ) as response:
                _require_safe(response.url, loopback)
                if response.status_code != 200:
                    raise Unavailable(f"HTTP status {response.status_code}")
                with open(path, "wb") as file:
                    _unpack(response.raw, file, size, deadline)
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            raise _Silent(f"no answer for {timeout:.2g} s") from None
        except requests.ConnectionError as error:
            raise _Silent(_failed(error)) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise Unavailable(_failed(error)) from None

    return download


def _failed(error: Exception) -> str:
    """Return the reason that a connection that failed gives."""
    return f"the connection failed ({type(error).__name__})"


def _unpack(raw, file, size: int, deadline: Deadline) -> None:
    """Write the gzip stream `raw` to `file`, unpacked, `size` bytes at most."""
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    written = 0
    while not decoder.eof:
        if deadline.left() <= 0:
            raise _Silent(f"not done within {deadline.seconds:g} s")
        # read1: what has come so far, not a full chunk, so that the clock is read
        chunk = raw.read1(CHUNK)
        if not chunk:
            raise Unavailable("the file ended early")
        try:
            written += file.write(decoder.decompress(chunk, size - written + 1))
        except zlib.error:
            raise Unavailable("the file is not a whole gzip file") from None
        if written > size:
            raise Unavailable("the file is larger than it should be")


def _require_safe(url: str, loopback: bool) -> None:
    """Raise `Unavailable` unless `url` is HTTPS, or loopback where that is allowed."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (loopback and parts.hostname == "127.0.0.1"):
        return
    raise Unavailable("only HTTPS is allowed")


@contextmanager
def _quiet(logger):
    """Keep `pooch` from reporting each step: a notebook shows its result only."""
    level = logger.level
    logger.setLevel("ERROR")
    try:
        yield
    finally:
        logger.setLevel(level)
