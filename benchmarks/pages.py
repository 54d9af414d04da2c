"""What a reader's first visit to each page loads: requests and bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

from playwright.sync_api import Browser, Response

from benchmarks.browser import open_site
from benchmarks.table import Row
from tools.pages import ROOT, toc_pages

TITLE = "Pages (requests and kB of a first visit, text gzipped; pictures apart)"
PACKED = ("text/", "javascript", "json", "xml")


def measure() -> list[Row]:
    """Load every page of the table of contents with an empty browser cache."""
    with open_site() as (browser, address):
        return [measure_page(browser, address, page) for page in toc_pages(ROOT)]


def measure_page(browser: Browser, address: str, page: Path) -> Row:
    """Load one page; a picture is an image that is no icon of the site.

    Raises `SystemExit` when the site does not have the page.
    """
    responses: list[Response] = []
    with browser.new_context() as context:
        tab = context.new_page()
        tab.on("response", lambda response: responses.append(response))
        url = f"{address}{page.with_suffix('.html')}"
        if not tab.goto(url, wait_until="networkidle").ok:
            raise SystemExit(f"the site lacks {page}: run `make site` first")
        sizes = [(is_picture(each), transferred(each)) for each in responses]
    return {
        "page": page.with_suffix("").as_posix(),
        "requests": len(sizes),
        "kB": round(sum(size for picture, size in sizes if not picture) / 1e3, 1),
        "pictures kB": round(sum(size for picture, size in sizes if picture) / 1e3, 1),
    }


def is_picture(response: Response) -> bool:
    """Tell whether a response is an image of the page's content."""
    of_image = response.headers.get("content-type", "").startswith("image/")
    return of_image and "/_static/" not in response.url


def transferred(response: Response) -> int:
    """Return the bytes a server that packs text would send for the body."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body)) if any(k in kind for k in PACKED) else len(body)
