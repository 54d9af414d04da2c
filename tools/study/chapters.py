"""Study data and its chapter: sections, where cards are shown, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from _ext.study.source import Problem, Study

_LABEL = re.compile(r"^\(([^()\s]+)\)=\s*$")
_SHOWN = re.compile(r"^(?:`{3,}|:{3,})\{(cards|quiz)\}\s*(\S*)\s*$")
_FENCE = re.compile(r"^(`{3,}|~{3,})")
_KEY = re.compile(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)


def bibliography(root: Path) -> set[str]:
    """The keys of `references.bib`."""
    file = root / "references.bib"
    return set(_KEY.findall(file.read_text("utf-8"))) if file.exists() else set()


def landmarks(chapter: str) -> list[tuple[str, str]]:
    """Labels and study directives in order: (label | cards | quiz, name)."""
    found, fence = [], None
    for line in chapter.splitlines():
        if fence is None and (shown := _SHOWN.match(line)):
            found.append((shown[1], shown[2]))
        elif fence is None and (label := _LABEL.match(line)):
            found.append(("label", label[1]))
        if opening := _FENCE.match(line):
            if fence is None:
                fence = opening[1]
            elif line.startswith(fence) and not line.strip("`~ "):
                fence = None
    return found


def check(study: Study, root: Path, keys: set[str]) -> Iterator[Problem]:
    """Faults between the data and `chapters/<part>/<slug>.md`."""
    chapter = Path("chapters", study.file.parent.name, f"{study.slug}.md")
    if not (root / chapter).exists():
        yield study.problem((), f"has no chapter: {chapter} does not exist")
        return
    found = landmarks((root / chapter).read_text("utf-8"))
    labels = [name for kind, name in found if kind == "label"]
    shown = [name for kind, name in found if kind == "cards"]
    taught: set[str] = set()
    for kind, name in found:
        if kind == "label":
            taught.add(name)
        elif kind == "cards" and name in labels and name not in taught:
            message = f"{chapter} shows the cards of {name} before it teaches them"
            yield study.problem(("cards",), message)
    for steps, item in study.items():
        section = item["section"]
        if section not in labels:
            message = f"{chapter} has no label ({section})=: name one that it has"
            yield study.problem((*steps, "section"), message)
        elif steps[0] == "cards" and section not in shown:
            message = f"{chapter} never shows it: add {{cards}} {section}"
            yield study.problem((*steps, "section"), message)
        if item["id"] in labels:
            message = f"is a label of {chapter} too: choose another id"
            yield study.problem((*steps, "id"), message)
        if item["source"] != "chapter" and item["source"] not in keys:
            message = f"{item['source']!r} is no key of references.bib, nor 'chapter'"
            yield study.problem((*steps, "source"), message)
    if ("quiz", "") not in found and ("quiz", study.slug) not in found:
        yield study.problem(("quiz",), f"{chapter} never shows it: add {{quiz}}")
