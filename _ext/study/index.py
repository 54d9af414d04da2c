"""What review and exam load: a small index of all items, and one script a chapter.

Both are made of the built pages, so that a card is the same wherever it is shown.
They are scripts, not data: a page that was opened as a file may not fetch anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from . import source
from .trees import Tree, items

FOLDER = Path("_static", "study")
INDEX = "index"

START = "(window.dlblStudy = window.dlblStudy || {})"


@dataclass
class Chapter:
    """The items of one `study/<part>/<slug>.yml`, and the page that shows them."""

    study: source.Study
    docname: str
    address: str
    part: str
    caption: str
    cards: dict[str, Tree] = field(default_factory=dict)
    questions: dict[str, Tree] = field(default_factory=dict)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the scripts into a site that was built; unchanged ones stay untouched."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = scripts(list(chapters(app)), app.env)
    for old in folder.glob("*.js"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        file = folder / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")


def chapters(app: Sphinx) -> Iterator[Chapter]:
    """The chapters that have cards or questions, in the order of the book."""
    root = Path(app.srcdir)
    studies = {file.stem: file for file in sorted((root / "study").rglob("*.yml"))}
    for docname, caption in reading_order(app.env):
        file = studies.get(docname.rsplit("/", 1)[-1])
        page = Path(app.builder.get_outfilename(docname))
        if file is None or not page.exists():
            continue
        study = source.read(file, file.relative_to(root))
        if study.problems:
            continue  # the directives have told
        address = app.builder.get_target_uri(docname)
        part = file.parent.name
        chapter = Chapter(study, docname, address, part, caption or part.capitalize())
        own = {item["id"] for item in (*study.cards, *study.quiz)}
        for kind, id_, tree in items(page.read_text("utf-8"), address):
            if id_ in own:
                (chapter.cards if kind == "card" else chapter.questions)[id_] = tree
        if chapter.cards or chapter.questions:
            del studies[study.slug]  # its exercises have the same slug
            yield chapter


def reading_order(env: BuildEnvironment) -> Iterator[tuple[str, str]]:
    """Each page below the root, with the caption of the part it stands in."""

    def below(docname: str, caption: str) -> Iterator[tuple[str, str]]:
        for toctree in env.tocs[docname].findall(addnodes.toctree):
            heading = toctree.get("caption") or caption
            for child in toctree["includefiles"]:
                yield child, heading
                yield from below(child, heading)

    yield from below(env.config.root_doc, "")


def scripts(found: list[Chapter], env: BuildEnvironment) -> dict[str, str]:
    """The text of each script by its name."""
    made = {f"{chapter.study.slug}.js": deck(chapter) for chapter in found}
    contents = {
        "parts": [
            {"name": name, "title": title}
            for name, title in {c.part: c.caption for c in found}.items()
        ],
        "chapters": [described(chapter, env) for chapter in found],
    }
    everything = "".join([compact(contents), *made.values()])
    version = hashlib.sha256(everything.encode()).hexdigest()[:12]
    index = compact({"version": version, **contents})
    return {f"{INDEX}.js": f"{START}.index={index};\n", **made}


def deck(chapter: Chapter) -> str:
    """The script of one chapter: what its cards and questions look like."""
    trees = compact({"cards": chapter.cards, "questions": chapter.questions})
    return f"dlblStudy.deck({compact(chapter.study.slug)},{trees});\n"


def described(chapter: Chapter, env: BuildEnvironment) -> dict[str, Any]:
    """One chapter of the index.

    An item is id, kind, topic, level, rev and the id of the place that teaches it; a
    question also says what it tests, and whether (1) its numbers can be drawn again.
    `sections` holds the headings of those places.
    """
    labels = env.get_domain("std").anonlabels  # type: ignore[attr-defined]
    titles = env.get_domain("std").labels  # type: ignore[attr-defined]
    sections: dict[str, str] = {}

    def place(label: str) -> str:
        anchor = labels.get(label, ("", label))[1]
        if label in titles:
            sections[anchor] = titles[label][2]
        return anchor

    def described_item(item: dict[str, Any]) -> list[Any]:
        known = [item[name] for name in ("id", "kind", "topic", "level", "rev")]
        entry = [*known, place(item["section"])]
        if "tests" in item:
            entry += [item["tests"], int("generate" in item)]
        return entry

    study = chapter.study
    return {
        "slug": study.slug,
        "part": chapter.part,
        "title": env.titles[chapter.docname].astext(),
        "url": chapter.address,
        "cards": [described_item(c) for c in study.cards if c["id"] in chapter.cards],
        "questions": [
            described_item(q) for q in study.quiz if q["id"] in chapter.questions
        ],
        "retired": study.retired,
        "sections": sections,
    }


def compact(value: Any) -> str:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
