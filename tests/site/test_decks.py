"""The decks that the site gives away: each is where the page says that it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tools.decks.chapters import chapters
from tools.decks.files import MERGE, WHOLE
from tools.pages import ROOT

FORMATS = ("apkg", "org", "tsv", "pdf")
PAGE = "chapters/reference/decks.html"


def links(page) -> dict[str, str]:
    """The files that the page offers, by their paths in the site, with their names."""
    found = page.locator("a[download]").evaluate_all(
        "all => all.map(a => [new URL(a.href).pathname, a.getAttribute('aria-label')])"
    )
    return {path.lstrip("/"): name for path, name in found}


def test_each_chapter_and_the_whole_course_can_be_taken(site, open_page):
    offered = links(open_page(PAGE))
    names = [WHOLE, *(chapter.slug for chapter in chapters(ROOT))]
    wanted = {f"decks/{name}.{suffix}" for name in names for suffix in FORMATS}
    assert offered.keys() == wanted | {f"decks/{MERGE}"}
    assert len(set(offered.values())) == len(offered)
    for path in offered:
        assert (site / path).stat().st_size > 500, path
    assert {f"decks/{file.name}" for file in (site / "decks").iterdir()} == set(offered)


def test_what_is_offered_is_what_it_says(site: Path):
    folder = site / "decks"
    for name in (WHOLE, *(chapter.slug for chapter in chapters(ROOT))):
        assert zipfile.is_zipfile(folder / f"{name}.apkg")
        assert (folder / f"{name}.pdf").read_bytes().startswith(b"%PDF")
        assert ":drill:" in (folder / f"{name}.org").read_text("utf-8")
        assert "\t" in (folder / f"{name}.tsv").read_text("utf-8")


def test_a_click_saves_the_file(open_page):
    page = open_page(PAGE)
    with page.expect_download() as download:
        page.get_by_role("link", name="org-drill: All chapters").click()
    assert download.value.suggested_filename == f"{WHOLE}.org"


def test_the_review_page_offers_the_whole_course_and_leads_to_the_rest(open_page):
    page = open_page("chapters/reference/review.html")
    assert links(page).keys() == {f"decks/{WHOLE}.{suffix}" for suffix in FORMATS}
    page.locator("article a", has_text="take the cards with you").click()
    page.wait_for_url(f"**/{PAGE}*")
