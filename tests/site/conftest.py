"""The built site in a real browser: fixtures of the tests of this folder."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    if not (SITE / "index.html").is_file():
        pytest.exit("there is no site in _build/html: run `make site` first", 2)
    return SITE


@pytest.fixture(scope="session")
def base_url(site: Path) -> Iterator[str]:
    """The address of a local server of the site, without a slash at its end."""
    handler = functools.partial(QuietHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the system's where there is one."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the site in a context of its own.

    `open_page(path, *, width=1280, dark=False, javascript=True)` takes a path
    relative to the site, or a whole `file://` address. What goes wrong (errors in
    the console, failed requests, requests to another host) is listed on
    `page.problems`.
    """
    contexts: list[BrowserContext] = []

    def open_one(
        path: str, *, width: int = 1280, dark: bool = False, javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        watch(page, base_url)
        address = path if "://" in path else f"{base_url}/{path}"
        page.goto(address, wait_until="load")
        return page

    yield open_one
    for context in contexts:
        context.close()


def watch(page: Page, base_url: str) -> None:
    """Note on `page.problems` whatever goes wrong while the page lives."""
    own = urlsplit(base_url).netloc

    def on_console(message) -> None:
        if message.type in ("error", "warning"):
            page.problems.append(f"console {message.type}: {message.text}")

    def on_request(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "file") and parts.netloc != own:
            page.problems.append(f"request to another host: {request.url}")

    def on_response(response) -> None:
        if response.status >= 400:
            page.problems.append(f"status {response.status}: {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: page.problems.append(f"error: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)
    page.on(
        "requestfailed",
        lambda request: page.problems.append(f"request failed: {request.url}"),
    )
