"""One page of the site in one tab, opened once for all tests of that page."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page


class Visit:
    """A page that was opened in a wide and light window.

    `problems` and `sizes` are those of the first time: what went wrong, and the
    compressed bytes of what was asked for except pictures. `drawn` holds the ways in
    which its text was drawn, in light (False) and in dark: see `axe.violations`.
    """

    def __init__(self, page: Page) -> None:
        """Take a page for which all requests have been answered."""
        self.page = page
        self.problems = list(page.problems)
        self.sizes = sizes(page)
        self.drawn: dict[bool, set[str]] = {False: set(), True: set()}

    @contextmanager
    def again(self, *, width: int = 1280, dark: bool = False) -> Iterator[Page]:
        """Load the page as another screen shows it, and afterwards as at first."""
        self._load(width, "dark" if dark else "light")
        yield self.page
        self._load(1280, "light")

    def _load(self, width: int, scheme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme, media="screen")
        self.page.reload(wait_until="load")


def sizes(page: Page) -> dict[str, int]:
    """Return the compressed bytes of everything a page asked for except pictures."""
    found = {}
    for request in page.requests:
        if request.resource_type != "image" and "://" in request.url:
            body = request.response().body()
            packed = body if request.resource_type == "font" else gzip.compress(body)
            found[request.url] = len(packed)
    return found
