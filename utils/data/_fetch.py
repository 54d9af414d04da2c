"""Fetch one gzipped file over HTTPS, checked, into a cache: all of it or nothing.

`pooch` keeps the cache: it downloads into a temporary file, checks the SHA-256,
and only then moves the file to its name in one step. What is added here is a
limit on the whole time (a server that trickles does not hold a lesson up), a
limit on the size, a list of mirrors, and reasons that fit into one line.

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


class Unavailable(Exception):
    """A file cannot be had; the text is one line that says why."""


def fetch(
    name: str,
    mirrors: Sequence[str],
    sha256: str,
    size: int,
    folder: Path,
    *,
    seconds: float = 60,
    loopback: bool = False,
) -> Path:
    """Return the path in `folder` of `name`, fetched unless it is there already.

    Each of `mirrors` is a URL to which `name` + ".gz" is appended; they are tried in
    order, each for at most `seconds`. The unpacked file has `size` bytes and the hash
    `sha256`. `loopback` allows plain HTTP to 127.0.0.1, for tests.
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
                        downloader=_downloader(size, seconds, loopback),
                    )
                )
        except Unavailable as reason:
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


def _downloader(size: int, seconds: float, loopback: bool) -> Callable:
    """Return what `pooch` calls as `download(url, path, pooch)` to get a file."""

    def download(url: str, path: str, _pooch: object) -> None:
        import requests
        import urllib3

        until = time.monotonic() + seconds
        timeout = min(CONNECT_SECONDS, seconds)
        try:
            _require_safe(url, loopback)
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
                    _unpack(response.raw, file, size, until)
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            raise Unavailable(f"no answer for {timeout:g} s") from None
        except _TooSlow:
            raise Unavailable(f"not done within {seconds:g} s") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise Unavailable(
                f"the connection failed ({type(error).__name__})"
            ) from None

    return download


class _TooSlow(Exception):
    """The time for one download is over."""


def _unpack(raw, file, size: int, until: float) -> None:
    """Write the gzip stream `raw` to `file`, unpacked, `size` bytes at most."""
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    written = 0
    while not decoder.eof:
        if time.monotonic() > until:
            raise _TooSlow
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
