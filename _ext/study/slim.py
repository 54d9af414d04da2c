"""Scripts and style as they are sent: joined into bundles and minified."""

from __future__ import annotations

from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

FOLDER = Path(__file__).parent / "assets"
LICENCE = Path(__file__).parent / "ts-fsrs" / "LICENSE"
BUNDLES = {
    "due.js": ("memory/day.js", "memory/stamp.js", "page/due.js"),
    "study.js": (
        "memory/day.js",
        "memory/stamp.js",
        "memory/events.js",
        "memory/fsrs.js",
        "memory/schedule.js",
        "memory/store.js",
        "page/helpers.js",
        "page/page.js",
        "page/cards.js",
        "page/quiz.js",
        "page/state.js",
    ),
    "study.css": ("page/study.css",),
    "review.js": (
        "review/deckstore.js",
        "review/transfer.js",
        "review/progress.js",
        "review/foreign.js",
        "review/org.js",
        "review/tsv.js",
        "review/own.js",
        "review/words.js",
        "review/decks.js",
        "review/queue.js",
        "review/session.js",
        "review/model.js",
        "review/insight.js",
        "review/why.js",
        "review/stage.js",
        "review/asking.js",
        "review/settings.js",
        "review/start.js",
        "review/today.js",
        "review/charts.js",
        "review/standing.js",
        "review/plan.js",
        "review/planner.js",
        "review/review.js",
    ),
    "exam.js": (
        "review/decks.js",
        "exam/paper.js",
        "exam/desk.js",
        "exam/sitting.js",
        "exam/result.js",
        "exam/exam.js",
    ),
    "review.css": ("review/review.css", "review/progress.css", "exam/exam.css"),
}
NOTEBOOK = {
    "cards.js": ("page/memory.js", "page/helpers.js", "page/cards.js"),
    "quiz.js": ("page/memory.js", "page/helpers.js", "page/quiz.js"),
    "study.css": ("page/study.css",),
}
"""What an output in a notebook brings with it: nothing is scheduled there."""


def assets() -> dict[str, str]:
    """Every bundle that a page of the site may load, and the licence of one part."""
    licence = {"ts-fsrs-LICENSE.txt": LICENCE.read_text("utf-8")}
    return {name: bundle(name) for name in BUNDLES} | licence


def notebook_assets() -> dict[str, str]:
    """Every bundle that an output in a notebook may bring, by its name."""
    return {name: join(files) for name, files in NOTEBOOK.items()}


def bundle(name: str) -> str:
    """One bundle of a page."""
    return join(BUNDLES[name])


def join(files: tuple[str, ...]) -> str:
    """Some assets in one. Licences (comments that begin with `/*!`) are kept."""
    return "".join(f"{slim(FOLDER / file)}\n" for file in files)


def slim(file: Path) -> str:
    """One script or style sheet without comments and needless white space."""
    minify = jsmin if file.suffix == ".js" else cssmin
    return minify(file.read_text("utf-8"), keep_bang_comments=True).strip()
