"""Prepare cards and quizzes for notebooks: `utils/study/rendered/`.

The markup is that of the page. What a page gets from its surroundings is put in: the
formulas as MathML, code without colours, references as their text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers.rst import roles
from docutils.utils import new_document
from docutils.writers import html5_polyglot
from myst_parser.parsers.docutils_ import Parser

from _ext.study import generate, markup
from _ext.study.html import Html, depart_html, visit_html
from _ext.study.slim import notebook_assets
from _ext.study.source import Study, read
from tools.pages import extensions

from . import mathml
from .lint import files

_SETTINGS = {
    "myst_enable_extensions": extensions(),
    "myst_highlight_code_blocks": False,
    "report_level": 2,
    "halt_level": 2,
}


def render(root: Path) -> list[Path]:
    """Write the data of every study file and the assets; return the files.

    A file that holds this already is left alone and one that changes is changed at
    once: another build may be reading. Raises ValueError for a formula that KaTeX
    refuses.
    """
    made = notebook_assets()
    for file in files(root):
        data = json.dumps(chapter(read(file)), ensure_ascii=False, indent=1)
        made[f"{file.stem}.json"] = data + "\n"
    folder = root / "utils" / "study" / "rendered"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        replace(folder / name, text)
    for old in folder.glob("[!.]*"):
        if old.name not in made:
            old.unlink(missing_ok=True)
    return [folder / name for name in made]


def replace(file: Path, text: str) -> None:
    """Give a file this text in one step, unless it has it already."""
    if file.exists() and file.read_text("utf-8") == text:
        return
    with TemporaryDirectory(dir=file.parent, prefix=".") as aside:
        new = Path(aside, file.name)
        new.write_text(text, "utf-8")
        new.replace(file)


def chapter(study: Study) -> dict[str, Any]:
    """The HTML of each section's cards and of the quiz, and the generators' script."""
    context = markup.Context(parse)
    sections = dict.fromkeys(card["section"] for card in study.cards)
    with _text_roles():
        decks = {
            section: markup.deck(
                [card for card in study.cards if card["section"] == section], context
            )
            for section in sections
        }
        quiz = markup.quiz(study.quiz, context)
    whole = nodes.container("", *(d.deepcopy() for d in (*decks.values(), quiz)))
    made = mathml.render(map(formula, formulas(whole)))
    return {
        "slug": study.slug,
        "decks": {section: html(deck, made) for section, deck in decks.items()},
        "quiz": html(quiz, made),
        "generators": generate.javascript(markup.functions(study.quiz)),
    }


def parse(text: str) -> list[nodes.Node]:
    """Markdown to document nodes, outside of Sphinx."""
    document = publish_doctree(text, parser=Parser(), settings_overrides=_SETTINGS)
    return list(document.children)


def formulas(made: nodes.Element) -> list[nodes.Element]:
    """The formulas in a node."""
    return list(made.findall(lambda n: isinstance(n, nodes.math | nodes.math_block)))


def formula(node: nodes.Element) -> mathml.Formula:
    """The TeX of a node, and whether it stands on its own line."""
    return node.astext().strip(), isinstance(node, nodes.math_block)


def html(made: Html, rendered: dict[mathml.Formula, str]) -> str:
    """Write nodes as HTML with these formulas."""

    class Translator(html5_polyglot.HTMLTranslator):
        visit_Html = visit_html  # docutils finds these by the node's name
        depart_Html = depart_html

        def visit_math(self, node: nodes.Element, *_: Any) -> None:
            self.body.append(rendered[formula(node)])
            raise nodes.SkipNode

        visit_math_block = visit_math

        def visit_literal(self, node: nodes.Element) -> None:
            tag = "kbd" if "kbd" in node["classes"] else "code"
            self.body.append(self.starttag(node, tag, ""))
            self.context.append(f"</{tag}>")

        def depart_literal(self, node: nodes.Element) -> None:
            self.body.append(self.context.pop())

    writer = html5_polyglot.Writer()
    writer.translator_class = Translator
    document = new_document("study")
    document += made
    publish_from_doctree(
        document, writer=writer, settings_overrides={"stylesheet_path": None}
    )
    return writer.parts["body"].strip()


@contextmanager
def _text_roles() -> Iterator[None]:
    """References become their text: a notebook has no other pages."""

    def role(name, rawtext, text, lineno, inliner, options=None, content=None):
        end = r"\s*\([^()]*\)$" if name == "abbr" else r"\s*<[^<>]*>$"
        return [nodes.inline(rawtext, re.sub(end, "", text))], []

    def key(name, rawtext, text, lineno, inliner, options=None, content=None):
        return [nodes.literal(rawtext, text, classes=["kbd"])], []

    before = dict(roles._roles)
    for name in ("term", "ref", "doc", "abbr"):
        roles.register_local_role(name, role)
    roles.register_local_role("kbd", key)
    try:
        yield
    finally:
        roles._roles.clear()
        roles._roles.update(before)
