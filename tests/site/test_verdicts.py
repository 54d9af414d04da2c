"""What the checks say on the built pages: "not yet" unsolved, "right" solved."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tools.sources.course import Chapter, Course
from tools.sources.exercises import check_of

COURSE = Course(Path(__file__).resolve().parents[2])
WORDS = {"exercises": "Not yet.", "solutions": "Right."}


def verdicts(page: Path) -> list[str]:
    """Return the word of each verdict on a page, in order."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    said = [strong.get_text() for strong in soup.select(".cell_output strong")]
    return [word for word in said if word in ("Not yet.", "Right.", "Not right.")]


@pytest.mark.parametrize("wing", WORDS)
@pytest.mark.parametrize("chapter", COURSE.chapters, ids=lambda c: c.slug)
def test_every_check_says_so(site: Path, chapter: Chapter, wing: str) -> None:
    """Each check cell of the source has its verdict on the page, and the right one."""
    cells = COURSE.pages[chapter.solutions].of_kind("code")
    checks = [name for cell in cells if (name := check_of(cell))]
    assert checks
    found = verdicts(site / wing / chapter.part / f"{chapter.slug}.html")
    assert found == [WORDS[wing]] * len(checks)
