"""The browser's part of the benchmarks, on a small site whose costs are known."""

import gzip
from pathlib import Path

import pytest

from benchmarks import flips, pages
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


def test_page_is_weighed_packed_and_its_pictures_apart(folder):
    with open_site(folder) as (browser, address):
        row = pages.measure_page(browser, address, Path("page.md"))
    packed = {t: len(gzip.compress(t.encode())) for t in (HTML, STYLE, PICTURE)}
    page = sum(packed.values())  # the icon weighs what the picture weighs
    assert row["requests"] == 4
    assert row["kB"] == pytest.approx(page / 1e3, abs=0.06)
    assert row["pictures kB"] == pytest.approx(packed[PICTURE] / 1e3, abs=0.06)


def test_page_that_the_site_lacks_is_not_weighed(folder):
    with (
        open_site(folder) as (browser, address),
        pytest.raises(SystemExit, match=r"the site lacks other\.md: run `make site`"),
    ):
        pages.measure_page(browser, address, Path("other.md"))


def test_site_without_cards_is_not_timed(monkeypatch, tmp_path):
    monkeypatch.setattr(flips, "SITE", tmp_path)
    with pytest.raises(SystemExit, match="no page of the site has a card"):
        flips.measure()


def test_flip_is_timed_and_leaves_the_card_open(folder):
    with open_site(folder) as (browser, address):
        tab = browser.new_page()
        tab.goto(f"{address}page.html")
        card = tab.query_selector_all(flips.CARD)[1]
        assert 0 < flips.flip(tab, card) < 1000
        assert card.get_attribute("open") is not None
        assert 0 < flips.flip(tab, card) < 1000


def test_slow_flip_is_seen(folder):
    with open_site(folder) as (browser, address):
        tab = browser.new_page()
        tab.goto(f"{address}page.html")
        tab.evaluate(
            """addEventListener("keydown", () => {
                 const start = performance.now();
                 while (performance.now() - start < 200);
               })"""
        )
        assert flips.flip(tab, tab.query_selector(flips.CARD)) > 200
