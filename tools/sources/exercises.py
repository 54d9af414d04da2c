"""S70 to S73: the exercises: how many, of which kinds, checked and answered."""

import ast
import re
from collections.abc import Iterator

from tools.sources.course import Chapter, Course
from tools.sources.drawing import parse
from tools.sources.faults import Fault
from tools.sources.page import Block, Page, Section

COUNT, MINUTES = (5, 8), (20, 30)
KINDS = ("Recall", "Derive", "Implement", "Experiment", "Explain", "Debug")
NEEDED = ("Implement", "Experiment", "Debug")
KIND_LINE = re.compile(rf"\*({'|'.join(KINDS)}) · (★{{1,3}}) · (\d+) minutes?\*")
PARTS = ("Goal", "Given", "Task")


def plan(course: Course) -> Iterator[Fault]:
    """S70: five to eight numbered exercises of 20 to 30 minutes, of several kinds."""
    for chapter, page in course.answers():
        found = page.sections()
        low, high = COUNT
        if not low <= len(found) <= high:
            text = f"{len(found)} exercises; a chapter has {low} to {high}"
            yield Fault(page.path, 1, "S70", text)
        for number, section in enumerate(found, 1):
            if not section.title.startswith(f"{number}. "):
                text = f"exercise '{section.title}' must begin with '{number}. '"
                yield Fault(page.path, section.line, "S70", text)
        yield from _kinds(page, found)
        yield from _minutes(course, chapter, page, found)


def _kinds(page: Page, exercises: list[Section]) -> Iterator[Fault]:
    kinds = [k[1] for e in exercises if (k := _kind(page, e))]
    for needed in NEEDED:
        if needed not in kinds:
            text = f"no exercise of the kind {needed}; write one"
            yield Fault(page.path, 1, "S70", text)
    if exercises and all(_cells(e) for e in exercises):
        text = "every exercise has code; write one that is answered in words"
        yield Fault(page.path, 1, "S70", text)


def _minutes(
    course: Course, chapter: Chapter, page: Page, exercises: list[Section]
) -> Iterator[Fault]:
    total = sum(int(k[3]) for e in exercises if (k := _kind(page, e)))
    low, high = MINUTES
    if not low <= total <= high:
        text = f"the exercises take {total} minutes, not {low} to {high}"
        yield Fault(page.path, 1, "S70", f"{text}; add, cut or split")
    lesson = course.page(chapter.page)
    stated = lesson.front.get("course", {}).get("exercises") if lesson else total
    if stated != total:
        text = f"says {stated} minutes of exercises; {page.path} adds up to {total}"
        yield Fault(chapter.page, lesson.line_of("exercises:"), "S70", text)


def _kind(page: Page, exercise: Section) -> re.Match[str] | None:
    """Return the kind, stars and minutes, from the first paragraph's source line."""
    first = next((b for b in exercise.blocks if b.kind == "prose"), None)
    return KIND_LINE.fullmatch(page.lines[first.line - 1].strip()) if first else None


def form(course: Course) -> Iterator[Fault]:
    """S71: each says kind, stars, minutes, goal, given, task, and has hints."""
    for _, page in course.answers():
        for exercise in page.sections():
            at = (page.path, exercise.line, "S71")
            if not _kind(page, exercise):
                text = "needs a first line '*Implement · ★★ · 5 minutes*', kinds: "
                yield Fault(*at, text + ", ".join(KINDS))
            spoken = [b.prose.text for b in exercise.walk() if b.kind == "prose"]
            for part in PARTS:
                if not any(text.startswith(part) for text in spoken):
                    yield Fault(*at, f"says no '**{part}.** …'; add it")
            hints = [b for b in exercise.walk() if b.name == "dropdown"]
            if not any(b.text.startswith("Hint") for b in hints):
                yield Fault(*at, "has no ':::{dropdown} Hint 1'; add graded hints")


def answered(course: Course) -> Iterator[Fault]:
    """S72: each exercise has a solution with its reasoning and a common mistake."""
    for _, page in course.answers():
        for exercise in page.sections():
            at = (page.path, exercise.line, "S72")
            solution = [b for b in exercise.walk() if "solution" in b.tags]
            spoken = [b.prose.text for b in solution if b.kind == "prose"]
            for start in ("Solution", "Common mistake"):
                if not any(text.startswith(start) for text in spoken):
                    text = f"no '**{start}.** …' in a cell tagged 'solution'; write it"
                    yield Fault(*at, text)


def checked(course: Course) -> Iterator[Fault]:
    """S73: each exercise with code ends in its check, and each check is used."""
    for chapter, page in course.answers():
        if not course.has(chapter.checks):
            continue
        known = _defined_checks(course.text(chapter.checks))
        used = set()
        for exercise in page.sections():
            cells = _cells(exercise)
            calls = [(cell, check_of(cell)) for cell in cells]
            used |= {name for _, name in calls if name}
            yield from _check_cell(page, exercise, calls, known)
        for name in sorted(set(known) - used):
            text = f"no exercise uses check '{name}'; use it or remove it"
            yield Fault(chapter.checks, known[name], "S73", text)


def _check_cell(
    page: Page,
    exercise: Section,
    calls: list[tuple[Block, str]],
    known: dict[str, int],
) -> Iterator[Fault]:
    names = [name for _, name in calls if name]
    if calls and not names:
        text = "has code and no check; end it with a cell 'check.<name>(…)'"
        yield Fault(page.path, exercise.line, "S73", text)
    solved = [i for i, (cell, _) in enumerate(calls) if "solution" in cell.tags]
    for i, (cell, name) in enumerate(calls):
        if not name:
            continue
        if name not in known:
            text = f"check.{name} does not exist; write it in utils/checks"
            yield Fault(page.path, cell.line, "S73", text)
        if "solution" in cell.tags or any(s > i for s in solved):
            text = "the check must follow the solution, in a cell without that tag"
            yield Fault(page.path, cell.line, "S73", text)


def _cells(exercise: Section) -> list[Block]:
    return [b for b in exercise.walk() if b.kind == "code"]


def check_of(cell: Block) -> str:
    """Return the name of the check that is the cell's last expression, or ''."""
    tree = parse(cell)
    last = tree.body[-1] if tree and tree.body else None
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        return ""
    module, _, name = ast.unparse(last.value.func).rpartition(".")
    return name if module == "check" else ""


def _defined_checks(source: str) -> dict[str, int]:
    """Return the line of each function decorated with `@checked`, by name."""
    return {
        node.name: node.lineno
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and any("checked" in ast.unparse(d) for d in node.decorator_list)
    }


RULES = (plan, form, answered, checked)
