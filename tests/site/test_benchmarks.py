"""The browser's part of the benchmarks, on a small site whose costs are known."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from benchmarks import flips, pages, review, widgets
from benchmarks.browser import open_site

STYLE = "body { color: black }\n" * 500
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
CARD = '<details class="study-card"><summary>Q</summary>A</details>'
HTML = f"""<!doctype html><title>T</title><link rel="icon" href="_static/icon.svg">
<link rel="stylesheet" href="_static/style.css">
<img src="picture.svg" alt="nothing">{CARD * 3}"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """A site of one page with three cards."""
    files = {
        "page.html": HTML,
        "_static/style.css": STYLE,
        "_static/icon.svg": PICTURE,
        "picture.svg": PICTURE,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def on_a_thread(job: Callable[..., Any], *args: Any) -> Any:
    """Run what opens a browser where no other test's Playwright is at work."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(job, *args).result()


def weigh(folder: Path, page: str) -> pages.Row:
    """Weigh one page of a small site."""
    with open_site(folder) as (browser, address):
        return pages.measure_page(browser, address, Path(page))


def time_flips(folder: Path, number: int, script: str = "0") -> list[float]:
    """Flip one card twice, after a script; it must be open after each flip."""
    with open_site(folder) as (browser, address):
        tab = browser.new_page()
        tab.goto(f"{address}page.html")
        tab.evaluate(script)
        card = tab.query_selector_all(flips.CARD)[number]
        times = []
        for _ in range(2):
            times.append(flips.flip(tab, card))
            assert card.get_attribute("open") is not None
        return times


def test_page_is_weighed_packed_and_its_pictures_apart(folder):
    row = on_a_thread(weigh, folder, "page.md")
    packed = {t: len(gzip.compress(t.encode())) for t in (HTML, STYLE, PICTURE)}
    page = sum(packed.values())  # the icon weighs what the picture weighs
    assert row["requests"] == 4
    assert row["kB"] == pytest.approx(page / 1e3, abs=0.06)
    assert row["pictures kB"] == pytest.approx(packed[PICTURE] / 1e3, abs=0.06)


def test_page_that_the_site_lacks_is_not_weighed(folder):
    with pytest.raises(SystemExit, match=r"the site lacks other\.md: run `make site`"):
        on_a_thread(weigh, folder, "other.md")


def test_site_without_cards_is_not_timed(monkeypatch, tmp_path):
    monkeypatch.setattr(flips, "SITE", tmp_path)
    with pytest.raises(SystemExit, match="no page of the site has a card"):
        flips.measure()


def test_flip_is_timed_and_leaves_the_card_open(folder):
    assert all(0 < ms < 1000 for ms in on_a_thread(time_flips, folder, 1))


def test_slow_flip_is_seen(folder):
    slow = """addEventListener("keydown", () => {
        const start = performance.now();
        while (performance.now() - start < 200);
    })"""
    assert min(on_a_thread(time_flips, folder, 0, slow)) > 200


def test_every_widget_of_the_site_is_timed(site):
    rows = on_a_thread(widgets.measure)
    text = "".join(page.read_text() for page in (site / "chapters").rglob("*.html"))
    assert len(rows) == text.count('class="explore"') > 0
    assert all(0 < row["median ms"] < 5000 for row in rows)


def test_review_page_is_measured_with_added_chapters(site, monkeypatch):
    for name, small in (("N_CARDS", 40), ("N_OPENINGS", 1), ("N_FLIPS", 3)):
        monkeypatch.setattr(review, name, small)
    (row,) = on_a_thread(review.measure)
    assert (row["cards"], row["events"]) == (40, 40 * review.N_RATINGS)
    assert all(0 < row[name] < 60_000 for name in ("open", "flip", "next card"))
