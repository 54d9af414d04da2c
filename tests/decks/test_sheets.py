"""The sheets to print, in the browser that prints them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from _ext.study import marks
from tools.decks import sheets
from tools.decks.chapters import Chapter
from tools.decks.pairs import pairs

DATE = 1_700_000_000
PAPER_PX = round((210 - 2 * 12) / 25.4 * 96)
"""How wide the text of an A4 sheet is, in the pixels of CSS."""


@pytest.fixture(scope="module")
def page(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    every_chapter: list[Chapter],
) -> Page:
    """The sheets of the whole course with their formulas, as wide as the paper."""
    file = tmp_path_factory.mktemp("sheets") / "sheets.html"
    file.write_text(sheets.document("Course", every_chapter), "utf-8")
    opened = browser.new_page(viewport={"width": PAPER_PX + 16, "height": 1000})
    opened.emulate_media(media="print")
    opened.goto(file.as_uri())
    sheets.draw_formulas(opened)
    return opened


def test_every_pair_has_its_row(page, every_chapter):
    cards = [card for chapter in every_chapter for card in chapter.cards]
    wanted = [pair for card in cards for pair in pairs(card)]
    assert page.locator(".row").count() == len(wanted)
    assert page.locator("h2").all_inner_texts() == [c.title for c in every_chapter]


def test_every_formula_is_drawn_with_its_font(page, every_chapter):
    cards = [card for chapter in every_chapter for card in chapter.cards]
    made = [pair for card in cards for pair in pairs(card)]
    texts = [t for pair in made for t in (pair.front, pair.back, pair.card["why"])]
    wanted = [tex for text in texts for tex in marks.formulas(text)]
    assert len(wanted) > 10
    assert page.locator(".math").count() == len(wanted)
    assert page.locator(".math .katex-html").count() == len(wanted)
    drawn = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').length"
    )
    assert drawn >= 2
    failed = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'error').length"
    )
    assert failed == 0


def test_nothing_is_cut_off_and_the_fold_is_in_the_middle(page):
    sides = page.evaluate(
        """() => [...document.querySelectorAll(".side")].map(side => ({
             wide: side.scrollWidth - side.clientWidth,
             left: side.getBoundingClientRect().left - 8,
             width: side.getBoundingClientRect().width}))"""
    )
    assert max(side["wide"] for side in sides) <= 1
    assert {round(side["width"] - PAPER_PX / 2) for side in sides} == {0}
    assert {round(side["left"] / PAPER_PX, 2) for side in sides} == {0, 0.5}


@pytest.fixture(scope="module")
def pdf(browser: Browser, every_chapter: list[Chapter]) -> bytes:
    """The printed sheets of the first chapter."""
    return sheets.print_all(browser, [("Course", every_chapter[:1])], DATE)[0]


def test_same_cards_same_bytes(pdf, browser, every_chapter):
    wanted = [("Course", every_chapter[:1])]
    assert sheets.print_all(browser, wanted, DATE) == [pdf]


def test_the_paper_is_a4_and_dated_by_its_content(pdf):
    assert pdf.startswith(b"%PDF")
    assert set(re.findall(rb"/MediaBox \[([^]]+)\]", pdf)) == {b"0 0 595.91998 842.88"}
    assert set(re.findall(rb"Date \(D:(\d{14})", pdf)) == {b"20231114221320"}
    assert re.findall(rb"KaTeX_\w+", pdf)


def test_a_faulty_formula_is_an_error(browser, every_chapter):
    first = every_chapter[0]
    card = {**first.cards[0], "back": r"It is $\frac{1}$."}
    chapter = Chapter("part", "part", "Part", "Title", "https://x.org", [card], {})
    with pytest.raises(ValueError, match=r"KaTeX parse error.*frac"):
        sheets.print_all(browser, [("Course", [chapter])], DATE)
