"""Cards and quizzes in a notebook, as in the page of the chapter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

from utils.study import generators

__all__ = ["Study", "cards", "generators", "quiz"]


@dataclass(frozen=True)
class Study:
    """Cards or questions that a notebook shows; nothing of them is saved."""

    title: str
    html: str

    def __repr__(self) -> str:
        """One line, for places that show no HTML."""
        return self.title

    def _repr_html_(self) -> str:
        return self.html


def cards(slug: str, section: str | None = None) -> Study:
    """The cards of a chapter, or of one of its sections (`"convolution-padding"`).

    Raises FileNotFoundError if the chapter's cards were not prepared, ValueError for a
    section without cards.
    """
    data = _load(slug)
    decks = data["decks"]
    if section is not None and section not in decks:
        known = ", ".join(decks)
        raise ValueError(f"no cards of section {section!r}: {slug} has {known}")
    shown = list(decks.values()) if section is None else [decks[section]]
    return Study(f"Cards: {section or slug}", _page("".join(shown), _read("cards.js")))


def quiz(slug: str) -> Study:
    """The quiz of a chapter.

    Raises FileNotFoundError if the chapter's quiz was not prepared.
    """
    data = _load(slug)
    script = f"{data['generators']}\n{_read('quiz.js')}"
    return Study(f"Quiz: {slug}", _page(data["quiz"], script))


def _read(name: str) -> str:
    return files(__name__).joinpath("rendered", name).read_text("utf-8")


def _load(slug: str) -> dict:
    try:
        return json.loads(_read(f"{slug}.json"))
    except FileNotFoundError:
        message = f"no cards and quiz of {slug!r} here: {_known()}"
        raise FileNotFoundError(message) from None


def _known() -> str:
    """What there is, or, in a checkout where nothing was prepared, what to run."""
    folder = files(__name__).joinpath("rendered")
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    slugs = sorted(name.removesuffix(".json") for name in names if ".json" in name)
    if slugs:
        return f"choose one of {', '.join(slugs)}"
    return "run `python -m tools.study render`"


def _page(body: str, script: str) -> str:
    """The markup with everything it needs, so that an output stands alone."""
    return (
        '<div class="study-notebook" data-lm-suppress-shortcuts="true">'
        f"<style>{_read('study.css')}</style>"
        f"{body}"
        '<p class="study-head">Answers given here are forgotten with this output: '
        "progress is kept only on the course's site.</p>"
        f"<script>{script}</script></div>"
    )
