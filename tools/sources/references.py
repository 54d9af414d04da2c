"""S50 to S53: a page's references lead somewhere, and what is numbered is cited."""

import re
from collections.abc import Iterator

from tools.sources.course import Course
from tools.sources.faults import Fault
from tools.sources.page import Page

TARGET = re.compile(r".*<([^<>]+)>\s*$", re.S)
CITES = {"cite", "cite:p", "cite:t"}


def _roles(page: Page, *names: str) -> Iterator[tuple[int, str]]:
    """Yield line and target of each role of these names."""
    for block in page.walk():
        for line, name, content in block.prose.roles if block.prose else []:
            if name in names:
                found = TARGET.match(content)
                yield line, " ".join((found[1] if found else content).split())


def cited_works(course: Course) -> Iterator[Fault]:
    """S50: what is cited is in references.bib, and what is there is cited."""
    used = set()
    for page in course.pages.values():
        for line, keys in _roles(page, *CITES):
            for key in (k.strip() for k in keys.split(",")):
                used.add(key)
                if key not in course.citations:
                    text = f"'{key}' is not in references.bib; add the entry"
                    yield Fault(page.path, line, "S50", text)
    for chapter in course.chapters:
        used |= {str(i.get("source")) for _, i in course.study(chapter).items()}
    for key, line in course.citations.items():
        if key not in used:
            text = f"'{key}' is cited nowhere; cite it or remove it"
            yield Fault("references.bib", line, "S50", text)


def terms(course: Course) -> Iterator[Fault]:
    """S51: every term is in the glossary."""
    for page in course.pages.values():
        for line, term in _roles(page, "term"):
            if term.lower() not in course.terms:
                text = f"'{term}' is not in chapters/reference/glossary.md; add it"
                yield Fault(page.path, line, "S51", text)


def targets(course: Course) -> Iterator[Fault]:
    """S52: every label referred to exists."""
    for page in course.pages.values():
        for line, label in _roles(page, "ref", "numref", "eq"):
            if label not in course.labels:
                text = f"no label '{label}' in the course; mend the reference"
                yield Fault(page.path, line, "S52", text)


def numbered_equations(course: Course) -> Iterator[Fault]:
    """S53: a numbered equation is referred to, and labelled as one."""
    cited = {label for p in course.pages.values() for _, label in _roles(p, "eq")}
    for page in course.pages.values():
        for block in page.of_kind("equation"):
            if not block.name:
                continue
            if not block.name.startswith("eq-"):
                text = f"equation label '{block.name}' must begin with 'eq-'; rename it"
                yield Fault(page.path, block.line, "S53", text)
            if block.name not in cited:
                text = (
                    f"no {{eq}} refers to '{block.name}'; remove the label or cite it"
                )
                yield Fault(page.path, block.line, "S53", text)
            if re.search(r"\\(?:newcommand|renewcommand|def)\b", block.text):
                text = "a private macro, unknown in Colab; write it out"
                yield Fault(page.path, block.line, "S53", text)


RULES = (cited_works, terms, targets, numbered_equations)
