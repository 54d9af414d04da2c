"""What Firefox gives to a page to store: as much as is needed, and a note on files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from _ext.study.slim import assets
from tests.programs import need
from tests.site.firefox import Firefox, Tab, running
from tools.local import served

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>
<script src="study.js"></script><script src="review.js"></script>
<main><h1>Page</h1><div></div></main>
<script>dlblStudy.progressSection(document.querySelector("div"));</script></html>"""

MANY = """(count) => Array.from({length: count}, (_, i) => {
  const t = 1.7e12 + i * 6e5;
  const id = "backpropagation-" + String(i % 3000).padStart(8, "x");
  return {id, t, day: Math.floor(t / 864e5), g: 3, s: "review", r: 1};
})"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of two pages with the section of progress."""
    for name in ("study.js", "review.js"):
        (tmp_path / name).write_text(assets()[name], "utf-8")
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(PAGE, "utf-8")
    (tmp_path / "favicon.ico").write_bytes(b"")
    return tmp_path


@pytest.fixture
def tab(firefox: Firefox, folder: Path) -> Iterator[Tab]:
    """The first page, from a server."""
    with served(folder) as base, firefox.tab(base.split("/")[2]) as tab:
        tab.goto(f"{base}/a.html")
        yield tab


def count(tab: Tab) -> int:
    """How many events the page's store has."""
    return tab.evaluate("dlblStudy.store.events().length")


def test_room_for_50_000_ratings(tab: Tab) -> None:
    """They fit, and half as many again; then the quota is told, and nothing is lost."""
    assert tab.evaluate(f"dlblStudy.store.add(({MANY})(75000))") == 75_000
    assert tab.evaluate("dlblStudy.store.problem()") == ""
    tab.reload()
    assert count(tab) == 75_000
    more = f"({MANY})(150000).slice(75000)"
    assert tab.evaluate(f"dlblStudy.store.add({more})") == 75_000
    assert "storage is full" in tab.evaluate("dlblStudy.store.problem()")
    assert count(tab) == 150_000
    tab.reload()
    assert count(tab) == 75_000
    assert tab.problems == []


@pytest.fixture
def tab_as_usual(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tab]:
    """A page of a Firefox with a reader's settings.

    One that is driven has others: it takes all files to be of one site.
    """
    profile = tmp_path_factory.mktemp("profile")
    usual = 'user_pref("remote.prefs.recommended", false);\n'
    (profile / "user.js").write_text(usual, "utf-8")
    with running(need("firefox"), profile) as firefox, firefox.tab("") as tab:
        yield tab


def test_progress_of_a_page_opened_as_a_file(tab_as_usual: Tab, folder: Path) -> None:
    """Firefox keeps it for that file alone, and the section says so."""
    tab = tab_as_usual
    tab.goto((folder / "a.html").as_uri())
    tab.evaluate("dlblStudy.store.rate('demo-a', 3, 'page', 1)")
    assert count(tab) == 1
    tab.goto((folder / "b.html").as_uri())
    assert count(tab) == 0
    assert "make serve" in tab.evaluate("document.body.textContent")
    tab.goto((folder / "a.html").as_uri())
    assert count(tab) == 1


def test_no_note_where_it_is_served(tab: Tab) -> None:
    """There all pages have one storage."""
    tab.evaluate("dlblStudy.store.rate('demo-a', 3, 'page', 1)")
    assert "make serve" not in tab.evaluate("document.body.textContent")
    tab.goto(tab.evaluate("location.href").replace("a.html", "b.html"))
    assert count(tab) == 1
