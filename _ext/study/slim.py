"""Scripts and style as they are sent: joined into bundles and minified."""

from __future__ import annotations

from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

FOLDER = Path(__file__).parent / "assets"
LICENCE = Path(__file__).parent / "ts-fsrs" / "LICENSE"
BUNDLES = {
    "due.js": ("day.js", "stamp.js", "due.js"),
    "study.js": (
        "day.js",
        "stamp.js",
        "fsrs.js",
        "schedule.js",
        "store.js",
        "helpers.js",
        "page.js",
        "cards.js",
        "quiz.js",
        "state.js",
    ),
    "study.css": ("study.css",),
    "review.js": (
        "deckstore.js",
        "transfer.js",
        "progress.js",
        "foreign.js",
        "org.js",
        "tsv.js",
        "own.js",
        "words.js",
        "decks.js",
        "queue.js",
        "session.js",
        "model.js",
        "insight.js",
        "why.js",
        "stage.js",
        "asking.js",
        "settings.js",
        "start.js",
        "today.js",
        "charts.js",
        "standing.js",
        "plan.js",
        "planner.js",
        "review.js",
    ),
    "exam.js": (
        "decks.js",
        "paper.js",
        "desk.js",
        "sitting.js",
        "result.js",
        "exam.js",
    ),
    "review.css": ("review.css", "progress.css", "exam.css"),
}
NOTEBOOK = {
    "cards.js": ("memory.js", "helpers.js", "cards.js"),
    "quiz.js": ("memory.js", "helpers.js", "quiz.js"),
    "study.css": ("study.css",),
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
