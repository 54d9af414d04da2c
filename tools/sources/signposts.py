"""S04: the README and the map of the landing page name what exists, and only that."""

import re
from collections.abc import Iterator

from tools.pages import settings
from tools.sources.course import Course
from tools.sources.faults import Fault
from tools.sources.files import is_kept

README, LANDING, MAP = "README.md", "chapters/index.md", "The map"
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
TREE = re.compile(r"^([\w.][\w./-]*)  +\S")
LESSON = re.compile(r"chapters/(?!reference/)[\w-]+/[\w-]+\.md")
ADDRESSES = {README: r"git clone (\S+\w)", "CITATION.cff": r"^repository-code: (\S+)"}


def chapters_are_linked(course: Course) -> Iterator[Fault]:
    """S04: the README and the map link the chapters of the toc, in its order."""
    listed = [chapter.page for chapter in course.chapters]
    links = [p for p in LINK.findall(course.text(README)) if LESSON.fullmatch(p)]
    for path in links:
        if path not in listed:
            line = course.line_of(README, path)
            yield Fault(README, line, "S04", f"{path} is not in _toc.yml; remove it")
    yield from _same(README, 1, listed, [path for path in links if path in listed])

    of_label = {f"ch-{chapter.slug}": chapter.page for chapter in course.chapters}
    page = course.page(LANDING)
    section = page.section(MAP) if page else None
    if section is None:
        yield Fault(LANDING, 1, "S04", f"has no section '{MAP}'; list the chapters")
        return
    roles = [
        role for b in section.walk() for role in (b.prose.roles if b.prose else [])
    ]
    linked = [of_label[label] for _, _, label in roles if label in of_label]
    yield from _same(LANDING, section.line, listed, linked)


def _same(
    file: str, line: int, listed: list[str], linked: list[str]
) -> Iterator[Fault]:
    for path in listed:
        if linked.count(path) != 1:
            text = (
                f"links {path} {linked.count(path)} times; link it once, as a chapter"
            )
            yield Fault(file, line, "S04", text)
    if sorted(linked) == sorted(listed) and linked != listed:
        text = "the chapters stand in another order than in _toc.yml; reorder them"
        yield Fault(file, line, "S04", text)


def readme_names_what_exists(course: Course) -> Iterator[Fault]:
    """S04: the README names each file and folder of the root, and only what exists."""
    targets = re.findall(r"^([a-z-]+):", course.text("Makefile"), re.M)
    told = {README}
    for number, line in enumerate(course.text(README).splitlines(), 1):
        for path in LINK.findall(line) + TREE.findall(line):
            told.add(path.partition("/")[0])
            if not (course.root / path).exists():
                text = f"names '{path}', which does not exist; mend the line"
                yield Fault(README, number, "S04", text)
        for target in re.findall(r"\bmake ([a-z-]+)(?=[` ])", line):
            if target not in targets and ("`make" in line or line.startswith("make")):
                text = f"names 'make {target}', which the Makefile lacks; mend one"
                yield Fault(README, number, "S04", text)
    for path in sorted(course.root.iterdir()):
        if is_kept(path) and path.name not in told:
            text = f"does not name '{path.name}'; add it to the tree"
            yield Fault(README, 1, "S04", text)


def one_address(course: Course) -> Iterator[Fault]:
    """S04: the address of the repository is the one of _config.yml."""
    address = settings(course.root)["repository"]["url"]
    for file, pattern in ADDRESSES.items():
        for number, line in enumerate(course.text(file).splitlines(), 1):
            found = re.search(pattern, line)
            if found and found[1] != address:
                text = f"'{found[1]}' is not the address in _config.yml, {address}"
                yield Fault(file, number, "S04", f"{text}; mend one of them")


RULES = (chapters_are_linked, readme_names_what_exists, one_address)
