"""The way from a page to its notebook, and from the notebook back to the site."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag

import nbformat
import pytest
from playwright.sync_api import Page

from tools.notebooks.__main__ import main
from tools.notebooks.address import COLAB, Address, find_address
from tools.notebooks.notebook import notebook_path
from tools.pages import ROOT, notebook_pages, settings, toc_pages

LINK = re.compile(r"\]\((https?://[^()\s]+)\)")
BUTTON = re.compile(
    r'<a href="([^"]*)"[^>]*class="btn btn-sm btn-(colab|notebook)"', re.S
)
REFERENCE = re.compile(r"\{(?:eq|numref)\}`(?:[^`<]*<)?([^`<>]+)>?`")
LABEL = re.compile(r"(?:\$\$ \(|:label: |:?name: )([\w-]+)")
PAGES = [page.with_suffix("").as_posix() for page in toc_pages()]
WITH_NOTEBOOK = [page.with_suffix("").as_posix() for page in notebook_pages()]


@pytest.fixture(scope="module")
def address() -> Address:
    """Where the site was built for."""
    return find_address(settings(), os.environ)


@pytest.mark.parametrize("page", PAGES)
def test_each_launch_link_leads_to_a_file_of_the_site(
    page: str, site: Path, address: Address
) -> None:
    """Both links name this page's notebook; a page without one has no link."""
    html = (site / f"{page}.html").read_text(encoding="utf-8")
    links = {kind: unescape(url) for url, kind in BUTTON.findall(html)}
    if page not in WITH_NOTEBOOK:
        assert links == {}
        return
    notebook = notebook_path(page)
    assert (site / notebook).is_file()
    start = f"{COLAB}/{address.repository}/blob/{address.branch}/"
    assert links["colab"] == start + notebook
    file = (site / f"{page}.html").parent / links["notebook"]
    assert file.resolve() == (site / notebook).resolve()


@pytest.mark.parametrize("page", WITH_NOTEBOOK)
def test_each_notebook_is_whole(page: str, site: Path, address: Address) -> None:
    """It is valid, has no outputs, and installs the wheel that lies beside it."""
    text = (site / notebook_path(page)).read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    setup = notebook.cells[1].source
    (url,) = re.findall(r'wheel="([^"]+)"', setup)
    assert url.startswith(f"{address.site}/")
    wheel = site / unquote(url.removeprefix(f"{address.site}/"))
    assert wheel.is_file()
    (version,) = re.findall(r'version="([^"]+)"', setup)
    assert f"-{version}-" in wheel.name


def test_nothing_else_is_published_as_a_notebook(site: Path) -> None:
    """Every notebook of the tree belongs to a page, and there is one wheel."""
    found = {f.relative_to(site).as_posix() for f in site.glob("notebooks/**/*.ipynb")}
    assert found == {notebook_path(page) for page in WITH_NOTEBOOK}
    assert len(list(site.glob("notebooks/wheel/*"))) == 1


def test_converting_again_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """The command line writes what the build wrote, notebooks and wheel."""
    assert main(["--out", str(tmp_path)]) == 0
    contents = [
        {
            f.relative_to(folder): f.read_bytes()
            for f in folder.rglob("*")
            if f.is_file()
        }
        for folder in (site / "notebooks", tmp_path / "notebooks")
    ]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("page", WITH_NOTEBOOK)
def test_each_link_back_leads_to_a_place_in_the_site(
    page: str, site: Path, address: Address
) -> None:
    """Pages exist, and so do the anchors within them."""
    cells = json.loads((site / notebook_path(page)).read_text(encoding="utf-8"))[
        "cells"
    ]
    text = "\n".join(
        "".join(c["source"]) for c in cells if c["cell_type"] == "markdown"
    )
    own = [url for url in LINK.findall(text) if url.startswith(f"{address.site}/")]
    assert own
    for url in own:
        target, anchor = urldefrag(url.removeprefix(f"{address.site}/"))
        html = (site / target).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, url


def own_references(page: str) -> list[str]:
    """Return each reference in the source of a page to a number of its own."""
    text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
    labels = set(LABEL.findall(text))
    return [label for label in REFERENCE.findall(text) if label in labels]


def test_there_are_numbers_to_compare() -> None:
    """Otherwise the next test would hold of anything."""
    assert any(own_references(page) for page in WITH_NOTEBOOK)


@pytest.mark.parametrize("page", WITH_NOTEBOOK)
def test_numbers_are_those_of_the_page(page: str, site: Path, address: Address) -> None:
    """A reference to an equation or a figure says what it says in the page."""
    cells = json.loads((site / notebook_path(page)).read_text(encoding="utf-8"))[
        "cells"
    ]
    text = "\n".join(
        "".join(c["source"]) for c in cells if c["cell_type"] == "markdown"
    )
    start = re.escape(f"{address.site}/{page}.html#")
    found = re.findall(rf"\[([^\]]*)\]\({start}((?:equation|fig)-[^)]*)\)", text)
    assert len(found) == len(own_references(page))
    html = (site / f"{page}.html").read_text(encoding="utf-8")
    for words, anchor in found:
        links = re.findall(rf'<a [^>]*href="#{anchor}"[^>]*>(.*?)</a>', html, re.S)
        assert words in {re.sub(r"<[^>]*>", "", link) for link in links}, anchor


@pytest.mark.parametrize("page", WITH_NOTEBOOK[:1])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_links_are_seen_and_named(
    page: str, width: int, dark: bool, open_page: Callable[..., Page]
) -> None:
    """Both are in sight on a phone and on a desk, and say what they do."""
    tab = open_page(f"{page}.html", width=width, dark=dark)
    for name, words in (("colab", "Colab"), ("notebook", ".ipynb")):
        link = tab.locator(f"a.btn-{name}")
        assert link.count() == 1
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 24
        assert link.inner_text().strip() == words
