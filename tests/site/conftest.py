"""The built site in a real browser: fixtures of the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.programs import need
from tests.site.firefox import Firefox, Tab, running
from tests.site.visit import Visit
from tools.local import served

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"

REDIRECT = "index.html"
"""The site's entry, which leads to the landing page at once."""


def html_pages() -> list[str]:
    """Return every page of the site, relative to it."""
    found = (path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    return sorted(page for page in found if page != REDIRECT)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `page_path` once for every page of the site.

    The tests of one page stay together, and share a visit; pages are spread.
    """
    if "page_path" in metafunc.fixturenames:
        pages = [
            pytest.param(page, marks=pytest.mark.xdist_group(page))
            for page in html_pages()
        ]
        metafunc.parametrize("page_path", pages, scope="module")


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    if not (SITE / REDIRECT).is_file():
        pytest.exit("there is no site in _build/html: run `make book` first", 2)
    return SITE


@pytest.fixture(scope="session")
def base_url(site: Path) -> Iterator[str]:
    """The address of a local server of the site, without a slash at its end."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A headless Firefox."""
    with running(need("firefox"), tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


@pytest.fixture
def open_in_firefox(firefox: Firefox, base_url: str) -> Iterator[Callable[..., Tab]]:
    """A function that opens a page of the site in Firefox, as a new visitor."""
    with ExitStack() as tabs:

        def open_one(path: str, *, width: int = 1280, dark: bool = False) -> Tab:
            own = urlsplit(base_url).netloc
            tab = tabs.enter_context(firefox.tab(own, width=width, dark=dark))
            tab.goto(path if "://" in path else f"{base_url}/{path}")
            return tab

        yield open_one


@contextmanager
def opened(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens pages, each in a context that is closed at the end.

    `open_page(path, *, width=1280, dark=False, javascript=True)` takes a path
    relative to the site, or a whole `file://` address. What goes wrong (errors in
    the console, failed requests, requests to another host) is listed on
    `page.problems`.
    """
    contexts = []

    def open_page(
        path: str, *, width: int = 1280, dark: bool = False, javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, base_url)
        address = path if "://" in path else f"{base_url}/{path}"
        page.goto(address, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """A function that opens a page of the site: see `opened`."""
    with opened(browser, base_url) as open_one:
        yield open_one


@pytest.fixture(scope="module")
def visit(page_path: str, browser: Browser, base_url: str) -> Iterator[Visit]:
    """The page of a test in a wide window, opened once for several tests."""
    with opened(browser, base_url) as open_one:
        page = open_one(page_path)
        page.wait_for_load_state("networkidle")
        yield Visit(page)


def watch(page: Page, base_url: str) -> None:
    """Note on `page.problems` whatever goes wrong, on `page.requests` what is asked."""
    own = urlsplit(base_url).netloc
    page.problems = []
    page.requests = []

    def note_request(request: Request) -> None:
        parts = urlsplit(request.url)
        page.requests.append(request)
        if parts.scheme not in ("data", "blob", "file") and parts.netloc != own:
            page.problems.append(f"request to another host: {request.url}")

    def note_console(message) -> None:
        if message.type in ("error", "warning"):
            page.problems.append(f"console {message.type}: {message.text}")

    def note_response(response) -> None:
        if response.status >= 400:
            page.problems.append(f"status {response.status}: {response.url}")

    def note_failure(request: Request) -> None:
        page.problems.append(f"request failed: {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: page.problems.append(f"error: {error}"))
    page.on("request", note_request)
    page.on("response", note_response)
    page.on("requestfailed", note_failure)
