"""Printable cards as PDF: question left, answer right, to be folded and cut."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import sphinxcontrib.katex
from playwright.sync_api import Browser, Error, Page, sync_playwright

from _ext import theme
from tools.browser import launch
from tools.decks import html
from tools.decks.chapters import Chapter
from tools.decks.markdown import write
from tools.decks.pairs import Pair, pairs

_THEME = Path(theme.__file__).parent
_STYLE = (Path(__file__).parent / "sheets.css").read_text("utf-8")
_KATEX = sphinxcontrib.katex.SRC_DIR / "katex.min.js"

_RENDER = """() => {
  for (const span of document.querySelectorAll(".math")) {
    katex.render(span.textContent, span, {
      displayMode: "display" in span.dataset, throwOnError: true, strict: false});
  }
  return document.fonts.ready.then(() => true);
}"""

_FOOT = (
    '<div style="font: 8px sans-serif; margin: 0 12mm; width: 100%; display: flex;'
    ' justify-content: space-between"><span>{title}</span>'
    '<span class="pageNumber"></span></div>'
)


def document(title: str, chapters: list[Chapter]) -> str:
    """The sheets of some chapters as a page of HTML, its formulas still as TeX."""
    katex_css = (_THEME / "styles" / "katex.min.css").read_text("utf-8")
    body = []
    for chapter in chapters:
        rows = [_row(pair, chapter) for card in chapter.cards for pair in pairs(card)]
        body.append(f"<h2>{escape(chapter.title)}</h2>{''.join(rows)}")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f'<base href="{(_THEME / "assets").as_uri()}/">'
        f"<style>{katex_css}{_STYLE}</style><h1>{escape(title)}</h1>"
        f"<p>Fold each sheet along the dashed line, so that the answers lie behind the "
        f"questions, and glue it. Then cut along the solid lines. Or keep the sheet "
        f"whole and cover its right half.</p>{''.join(body)}</html>"
    )


def _row(pair: Pair, chapter: Chapter) -> str:
    front, answer = (write(t, html.SHEETS) for t in (pair.front, pair.back))
    about = escape(f"{chapter.title} · {pair.card['topic']} · {pair.card['level']}")
    why = write(pair.card["why"], html.SHEETS)
    return (
        f'<div class="row"><div class="side front">{front}'
        f'<div class="small">{about}</div></div>'
        f'<div class="side">{answer}<div class="small">{why}</div></div></div>'
    )


def make(wanted: Iterable[tuple[str, list[Chapter]]], dated: int) -> list[bytes]:
    """Print the sheets of each title and its chapters, as PDF of that date.

    Raises:
        tools.browser.NoBrowserError: no Chromium starts on this machine.
        ValueError: KaTeX refuses a formula.
    """
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            return print_all(browser, wanted, dated)
        finally:
            browser.close()


def print_all(
    browser: Browser, wanted: Iterable[tuple[str, list[Chapter]]], dated: int
) -> list[bytes]:
    """Do the same with a browser that runs."""
    page = browser.new_page()
    with TemporaryDirectory() as folder:
        return [
            _dated(_print(page, Path(folder), title, chapters), dated)
            for title, chapters in wanted
        ]


def _print(page: Page, folder: Path, title: str, chapters: list[Chapter]) -> bytes:
    file = folder / "sheets.html"
    file.write_text(document(title, chapters), "utf-8")
    page.goto(file.as_uri())
    draw_formulas(page)
    return page.pdf(
        format="A4",
        print_background=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=_FOOT.format(title=escape(title)),
        margin={"top": "12mm", "bottom": "15mm", "left": "12mm", "right": "12mm"},
        tagged=True,
    )


def draw_formulas(page: Page) -> None:
    """Let KaTeX draw the formulas of a page, and wait for its fonts.

    Raises:
        ValueError: KaTeX refuses one of them.
    """
    page.add_script_tag(path=_KATEX)
    try:
        page.evaluate(_RENDER)
    except Error as error:
        raise ValueError(error.message.splitlines()[0]) from None


def _dated(pdf: bytes, seconds: int) -> bytes:
    """The same PDF with another date of its making, so that its bytes are the same."""
    # Chromium writes both dates as (D:YYYYMMDDHHMMSS+00'00'): the length must stay.
    date = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d%H%M%S").encode()
    return re.sub(rb"(?<=Date \(D:)\d{14}", date, pdf)
