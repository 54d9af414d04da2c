"""`{cards}` and `{quiz}`: the study data of a chapter, put into its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from . import markup, source
from .html import Html

logger = logging.getLogger(__name__)


class StudyDirective(SphinxDirective):
    """What both directives share: the file, its faults, and how to parse a text."""

    def warn(self, message: str) -> None:
        """Warn at the directive's place in the page."""
        logger.warning(message, location=self.get_location(), type="study")

    def read(self, slug: str) -> source.Study | None:
        """The study data of a chapter; None, with a warning, if it is unusable."""
        root = Path(self.env.srcdir)
        found = sorted((root / "study").rglob(f"{slug}.yml"))
        if not found:
            part = Path(self.env.docname).parent.name
            expected = Path("study", part, f"{slug}.yml")
            self.env.note_dependency(str(expected))
            self.warn(f"there are no cards or questions of {slug!r}: write {expected}")
            return None
        shown = found[0].relative_to(root)
        self.env.note_dependency(str(shown))
        study = source.read(found[0], shown)
        for problem in study.problems:
            self.warn(str(problem))
        return None if study.problems else study

    def context(self, study: source.Study) -> markup.Context:
        """Parse with MyST here; links are ordinary references."""

        def parse(text: str) -> list[nodes.Node]:
            holder = nodes.container()
            lines = StringList(text.splitlines(), str(study.file))
            self.state.nested_parse(lines, self.content_offset, holder)
            return list(holder.children)

        return markup.Context(
            parse,
            taught=lambda label: parse(f"{{ref}}`{label}`")[0].children,
            cited=lambda key: parse(f"{{cite:p}}`{key}`")[0].children,
        )

    def place(
        self,
        study: source.Study,
        items: list[dict[str, Any]],
        make: Callable[[list[dict[str, Any]], markup.Context], Html],
    ) -> list[nodes.Node]:
        """The finished nodes; nothing, with a warning, if they cannot stand here."""
        seen = self.env.temp_data.setdefault("study-ids", set())
        for item in items:
            if item["id"] in seen:
                self.warn(f"{item['id']} stands twice in this page: show it once")
                return []
            seen.add(item["id"])
        try:
            made = make(items, self.context(study))
        except ValueError as error:  # more than the schema sees; the linter says where
            self.warn(f"{study.file}: {error}: run python -m tools.study")
            return []
        self.set_source_info(made)
        return [made]


class Cards(StudyDirective):
    """`{cards} <section-label>`: all cards of one section of this chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The cards as nodes; nothing, with a warning, if there are none."""
        slug = self.env.docname.rsplit("/", 1)[-1]
        study = self.read(slug)
        if study is None:
            return []
        section = self.arguments[0]
        cards = [card for card in study.cards if card["section"] == section]
        if not cards:
            known = ", ".join(sorted({card["section"] for card in study.cards}))
            self.warn(
                f"{study.file} has no card of section {section!r}: "
                f"name one of {known or 'its sections'}"
            )
            return []
        return self.place(study, cards, markup.deck)


class Quiz(StudyDirective):
    """`{quiz}`: the questions of this page's chapter, or of the chapter named."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The questions as nodes; nothing, with a warning, if there are none."""
        own = self.env.docname.rsplit("/", 1)[-1]
        study = self.read(self.arguments[0] if self.arguments else own)
        if study is None:
            return []
        if not study.quiz:
            self.warn(f"{study.file} has no quiz: write its questions")
            return []
        made = self.place(study, study.quiz, markup.quiz)
        for node in made:
            node["generated"] = bool(markup.functions(study.quiz))
        return made
