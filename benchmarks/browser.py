"""The built site on a local server, in a headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.browser import launch
from tools.local import served
from tools.pages import ROOT

SITE = ROOT / "_build" / "html"


@contextmanager
def open_site(folder: Path = SITE) -> Iterator[tuple[Browser, str]]:
    """Yield a browser and the address, ending in a slash, of the served folder."""
    with served(folder) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            yield browser, f"{address}/"
        finally:
            browser.close()
