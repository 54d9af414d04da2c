"""Every page of the built site, as it is written."""

from __future__ import annotations

import functools
import itertools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

BROKEN_REFERENCE = re.compile(r"\?\?\?|\{(ref|eq|numref|term|cite)\}`")


@functools.cache
def parse(path: Path) -> BeautifulSoup:
    """Parse a page of the site, once."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@functools.cache
def anchors(path: Path) -> frozenset[str]:
    """Return the ids of a page."""
    return frozenset(element["id"] for element in parse(path).select("[id]"))


@pytest.fixture
def soup(page_path: str, site: Path) -> BeautifulSoup:
    """The parsed page."""
    return parse(site / page_path)


def test_site_is_built(site: Path) -> None:
    """There is a site: without one the other tests would have no page to try."""
    assert any(site.rglob("*.html"))


def test_links_resolve(page_path: str, site: Path, soup: BeautifulSoup) -> None:
    """Every link inside the site leads to a file, and to an id of that page."""
    broken = []
    for element in soup.select("[href], [src]"):
        target = element.get("href") or element.get("src")
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        path = (site / page_path).parent / unquote(parts.path)
        file = path.resolve() if parts.path else site / page_path
        if not file.is_file() or (
            parts.fragment
            and file.suffix == ".html"
            and unquote(parts.fragment) not in anchors(file)
        ):
            broken.append(target)
    assert broken == []


def test_ids_are_unique(soup: BeautifulSoup) -> None:
    """No id stands twice: a link would lead to the wrong place."""
    ids = [element["id"] for element in soup.select("[id]")]
    assert sorted(ids) == sorted(set(ids))


def test_pictures_have_words(soup: BeautifulSoup) -> None:
    """Every picture has an alternative text; only decoration has an empty one."""
    for picture in soup.select("img"):
        assert picture.has_attr("alt"), picture
    for picture in soup.select("article img"):
        assert picture["alt"].strip(), picture


def test_pictures_have_sizes(soup: BeautifulSoup) -> None:
    """A picture's place is kept before it comes, so that the text does not jump."""
    for picture in soup.select("article img:not([src$='.svg'])"):
        assert picture.has_attr("width"), picture
        assert picture.has_attr("height"), picture


def test_mathematics_is_rendered(soup: BeautifulSoup) -> None:
    """Formulas are there as KaTeX and MathML, none is left raw."""
    for formula in soup.select(".math"):
        assert formula.select_one(".katex .katex-html"), formula
        assert formula.select_one(".katex .katex-mathml"), formula
    assert not soup.select(".katex-error")


def test_references_are_resolved(soup: BeautifulSoup) -> None:
    """No role and no number of a figure is left over in the text."""
    text = " ".join(
        string
        for string in soup.select_one("main").strings
        if not string.find_parent(["pre", "code", "script"])
    )
    assert not BROKEN_REFERENCE.search(text)


def test_headings_descend(soup: BeautifulSoup) -> None:
    """One heading of the first level, and none skips a level."""
    text = soup.select_one("article") or soup.select_one("main")
    levels = [int(h.name[1]) for h in text.select("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_head(soup: BeautifulSoup) -> None:
    """Language, title, size of the window; a description for search engines."""
    assert soup.html["lang"] == "en"
    assert soup.title.text.strip()
    assert soup.select_one("meta[name=viewport]")
    assert soup.select_one("meta[name=description]")["content"].strip()


def test_only_own_files(soup: BeautifulSoup) -> None:
    """No script, style, picture or frame comes from another host."""
    for element in soup.select("script[src], link[rel=stylesheet], img, iframe"):
        address = element.get("src") or element.get("href") or ""
        assert not urlsplit(address).netloc, address
