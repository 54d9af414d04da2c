"""The built site on a local server, in a headless Chromium."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.pages import ROOT

SITE = ROOT / "_build" / "html"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
"""Names of the system's browser; without one, Playwright's own is used."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve files without a line for each."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def open_site(folder: Path = SITE) -> Iterator[tuple[Browser, str]]:
    """Yield a browser and the address, ending in a slash, of the served folder."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser, f"http://127.0.0.1:{server.server_port}/"
        finally:
            browser.close()
            server.shutdown()
            server.server_close()
