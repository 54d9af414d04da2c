"""Writes the exercise pages: the solution pages without their solutions.

`python -m tools.exercises` writes `exercises/<part>/<slug>.md` from
`solutions/<part>/<slug>.md`; with `--check` it only compares.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path

from tools.notebooks.cells import Cell, Page, parse_page
from tools.notebooks.errors import SourceError

ROOT = Path(__file__).resolve().parents[1]
SOURCE, TARGET = "solutions", "exercises"
TITLE = re.compile(r"# Solutions: (?P<name>.+)")
EXERCISE = re.compile(r"## \d+\. ")
LABEL = re.compile(
    r"\((?P<target>[^()\s]+)\)="  # (label)= before a block
    r"|^\s*(?:name|:name|:label|label):\s*(?P<option>\S+)"  # an option of a cell
    r"|\$\$\s*\((?P<maths>[^()\s]+)\)\s*$"  # $$ (label) after an equation
)


def derive(text: str, path: str) -> str:
    """Return the exercise page of the solution page `text`, which stands at `path`.

    Raises:
        SourceError: the page breaks a rule that the derivation rests on.
    """
    page = parse_page(text, path)
    slug = Path(path).stem
    _check_starters(page)
    kept = [cell for cell in page.cells if "solution" not in cell.tags]
    _check_title(kept, slug, path)
    _check_labels(kept, slug, path)
    front = _front_matter(page)
    body = [line for cell in kept for line in [*_unlabelled(cell, slug), ""]]
    return _without_double_blanks([*front, "", *body])


def derive_all(root: Path = ROOT) -> dict[str, str]:
    """Return the text of every exercise page by its path relative to `root`."""
    pages = {}
    for source in sorted((root / SOURCE).glob("*/*.md")):
        name = source.relative_to(root).as_posix()
        target = TARGET + name.removeprefix(SOURCE)
        pages[target] = derive(source.read_text(encoding="utf-8"), name)
    return pages


def differences(pages: dict[str, str], root: Path = ROOT) -> list[str]:
    """Return a line for each exercise page that is not what its solutions say."""
    found = []
    for target, text in pages.items():
        file = root / target
        if not file.exists():
            found.append(f"{target}: missing: run 'make exercises'")
        elif (have := file.read_text(encoding="utf-8")) != text:
            line = _first_difference(have, text)
            source = SOURCE + target.removeprefix(TARGET)
            found.append(
                f"{target}:{line}: differs from what {source} gives: edit that file, "
                "then run 'make exercises'"
            )
    for file in sorted((root / TARGET).glob("**/*.md")):
        name = file.relative_to(root).as_posix()
        if name not in pages:
            source = SOURCE + name.removeprefix(TARGET)
            found.append(f"{name}: stray: {source} does not exist; delete this file")
    return found


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        pages = derive_all(root)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    if not options.check:
        for target, text in pages.items():
            file = root / target
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    found = differences(pages, root)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


def _check_starters(page: Page) -> None:
    """Reject a code solution that does not redefine a name of its starter."""
    started: set[str] | None = None
    for cell in page.cells:
        if cell.kind == "markdown":
            if any(EXERCISE.match(line) for line in cell.text.splitlines()):
                started = None
            continue
        names = _defined(cell, page.path)
        if "solution" not in cell.tags:
            started = names if started is None else started | names
        elif started is None:
            message = "a solution cell without a starter cell before it in its exercise"
            raise SourceError(page.path, cell.line, message)
        elif names and not names & started:
            message = (
                f"the solution defines {', '.join(sorted(names))}, "
                "but the starter defines none of these: use the starter's name"
            )
            raise SourceError(page.path, cell.line, message)


def _defined(cell: Cell, path: str) -> set[str]:
    """Return the names that a code cell defines or assigns at its top level."""
    try:
        tree = ast.parse(cell.text)
    except SyntaxError as error:
        line = cell.body_line + (error.lineno or 1) - 1
        raise SourceError(path, line, f"not valid Python: {error.msg}") from None
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                names |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    return names


def _check_title(kept: list[Cell], slug: str, path: str) -> None:
    """Reject a page that does not open with its label and its title."""
    first = kept[0].text.splitlines() if kept else []
    label = f"(sol-{slug})="
    line = kept[0].body_line if kept else 1
    if not first or first[0].strip() != label:
        raise SourceError(path, line, f"the page must open with '{label}'")
    if len(first) < 2 or not TITLE.fullmatch(first[1].strip()):
        message = "after its label the page must say '# Solutions: <chapter title>'"
        raise SourceError(path, line + 1, message)


def _check_labels(kept: list[Cell], slug: str, path: str) -> None:
    """Reject a label that would stand in both pages under the same name."""
    own = re.compile(rf"((fig|eq)-)?sol-{re.escape(slug)}(-.+)?")
    for cell in kept:
        for number, line in enumerate(cell.raw, start=cell.line):
            for found in LABEL.finditer(line):
                label = found["target"] or found["option"] or found["maths"]
                if _is_code(cell, number) or own.fullmatch(label):
                    continue
                message = (
                    f"the label '{label}' would stand in the exercises and in the "
                    f"solutions: start it with 'sol-{slug}-'"
                )
                raise SourceError(path, number, message)


def _is_code(cell: Cell, number: int) -> bool:
    """Tell whether line `number` of the file is program text of `cell`."""
    return cell.kind == "code" and number >= cell.body_line


def _unlabelled(cell: Cell, slug: str) -> list[str]:
    """Return the lines of `cell` with the labels and the title of exercises."""
    own = re.compile(rf"\b((?:fig-|eq-)?)sol-{re.escape(slug)}(-|(?=\)=))")
    lines = []
    for number, line in enumerate(cell.raw, start=cell.line):
        if not _is_code(cell, number):
            line = own.sub(rf"\1ex-{slug}\2", line)
            line = TITLE.sub(r"# Exercises: \g<name>", line)
        lines.append(line)
    return lines


def _front_matter(page: Page) -> list[str]:
    """Return the front matter with a line that says where the page comes from."""
    mark = f"  derived_from: {page.path}"
    lines = list(page.front_lines)
    for index, line in enumerate(lines):
        if re.match(r"course\s*:", line):
            if line.rstrip() != "course:":
                message = "write 'course:' with its keys on lines of their own"
                raise SourceError(page.path, index + 1, message)
            return [*lines[: index + 1], mark, *lines[index + 1 :]]
    raise SourceError(page.path, 1, "the front matter has no 'course:'")


def _without_double_blanks(lines: list[str]) -> str:
    """Join the lines; of several blank ones in a row outside code keep one."""
    text = "\n".join(lines).strip("\n") + "\n"
    parts = re.split(r"(?ms)^(```\{code-cell\}.*?^```[ ]*$)", text)
    for index in range(0, len(parts), 2):
        parts[index] = re.sub(r"\n{3,}", "\n\n", parts[index])
    return "".join(parts)


def _first_difference(have: str, want: str) -> int:
    """Return the number of the first line in which two texts differ."""
    pairs = zip(have.splitlines(), want.splitlines(), strict=False)
    for number, (left, right) in enumerate(pairs, start=1):
        if left != right:
            return number
    return min(len(have.splitlines()), len(want.splitlines())) + 1


if __name__ == "__main__":
    sys.exit(main())
