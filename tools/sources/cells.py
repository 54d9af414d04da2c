"""S30 to S34: the code cells: short, explicit, typed, free of tricks."""

import ast
import re
from collections.abc import Iterator

from tools.sources.course import Course
from tools.sources.drawing import parse
from tools.sources.faults import Fault
from tools.sources.names import full_name, imported, trees
from tools.sources.page import Block, Page

LINES, CLASS_LINES, COLUMNS, HIDDEN_FROM = 25, 40, 88, 10
FENCE = "{code-cell} ipython3"
TAGS = {"hide-input", "raises-exception"}
OPTIONS = {"tags", "mystnb"}
MAGIC = re.compile(r"^\s*[%!]")
SETTINGS = ("allow_errors", "execution_allow_errors", "execution_mode", "remove_code")
COMPARISON = re.compile(r"#.*(?:NBVAL_|PYTEST_VALIDATE_)\w+")
SHELL = re.compile(r"os\.(?:system|popen|exec\w+|spawn\w+)|subprocess\.\w+")
SILENT = re.compile(r"warnings\.(?:filterwarnings|simplefilter|catch_warnings)")
ELSEWHERE = re.compile(r"(?:.+\.)?(?:glue|get_ipython)|(?:builtins\.)?(?:exec|eval)")


def lengths(course: Course) -> Iterator[Fault]:
    """S30: a cell shows one idea: 25 lines, 40 for a class, 88 columns."""
    for page in course.notebooks():
        for block in page.of_kind("code"):
            tree = parse(block)
            has_class = tree and any(isinstance(n, ast.ClassDef) for n in tree.body)
            most = CLASS_LINES if has_class else LINES
            lines = block.text.splitlines()
            if len(lines) > most:
                text = f"{len(lines)} lines in a cell, at most {most}; split it"
                yield Fault(page.path, block.line, "S30", text)
            for number, line in enumerate(lines, block.line):
                if len(line) > COLUMNS:
                    text = f"{len(line)} columns, at most {COLUMNS}; break the line"
                    yield Fault(page.path, number, "S30", text)


def imports(course: Course) -> Iterator[Fault]:
    """S31: all imports stand in the first cell, each by name."""
    for page in course.notebooks():
        for i, (block, tree) in enumerate(trees(page)):
            for node in ast.walk(tree):
                if not isinstance(node, ast.Import | ast.ImportFrom):
                    continue
                number = block.line + node.lineno - 1
                if i > 0:
                    text = "import outside the first cell; move it there"
                    yield Fault(page.path, number, "S31", text)
                if any(alias.name == "*" for alias in node.names):
                    text = "star import; name what is used"
                    yield Fault(page.path, number, "S31", text)


def banned(course: Course) -> Iterator[Fault]:
    """S32: no magics, shell lines, hidden cells, silenced warnings or glue."""
    for page in course.notebooks():
        for key in SETTINGS:
            if key in str(page.front):
                text = f"front matter sets '{key}'; remove it, every cell must run"
                yield Fault(page.path, 1, "S32", text)
        for block in page.of_kind("code"):
            yield from _banned_options(page, block)
            for number, line in enumerate(block.text.splitlines(), block.line):
                if MAGIC.match(line):
                    text = f"'{line.strip()[:20]}' is magic or shell; write Python"
                    yield Fault(page.path, number, "S32", text)
                if COMPARISON.search(line):
                    text = "the comment keeps a test from comparing; remove it"
                    yield Fault(page.path, number, "S32", text)
        known = imported(page)
        for block, tree in trees(page):
            for node in ast.walk(tree):
                if why := _banned_call(node, known):
                    yield Fault(page.path, block.line + node.lineno - 1, "S32", why)


def _banned_options(page: Page, block: Block) -> Iterator[Fault]:
    if block.name != FENCE:
        text = f"cell opens with '{block.name}'; write '{FENCE}'"
        yield Fault(page.path, block.line, "S32", text)
    allowed = TAGS | ({"solution"} if page.path.startswith("solutions/") else set())
    for tag in block.tags:
        if tag not in allowed:
            text = f"tag '{tag}' is not allowed; only {', '.join(sorted(allowed))}"
            yield Fault(page.path, block.line, "S32", text)
    for option in block.options:
        if option not in OPTIONS:
            text = f"cell option '{option}' is not allowed; only 'tags' and 'mystnb'"
            yield Fault(page.path, block.line, "S32", text)
    lines = len(block.text.splitlines())
    if "hide-input" in block.tags and lines <= HIDDEN_FROM:
        text = f"hides {lines} lines; show a cell of up to {HIDDEN_FROM} lines"
        yield Fault(page.path, block.line, "S32", text)


def _banned_call(node: ast.AST, known: dict[str, str]) -> str:
    if not isinstance(node, ast.Call):
        return ""
    name = full_name(node.func, known)
    if SILENT.fullmatch(name):
        return f"{name} hides warnings; mend what warns"
    if SHELL.fullmatch(name):
        return f"{name}() leaves Python for the machine's own commands; write Python"
    if ELSEWHERE.fullmatch(name):
        return f"{name}() does not work or read well everywhere; write plain Python"
    return ""


def python(course: Course) -> Iterator[Fault]:
    """S33: every cell is Python that parses."""
    for page in course.notebooks():
        for block in page.of_kind("code"):
            if parse(block) is None and not any(
                MAGIC.match(line) for line in block.text.splitlines()
            ):
                yield Fault(page.path, block.line, "S33", "not valid Python; mend it")


def functions(course: Course) -> Iterator[Fault]:
    """S34: every function has type hints and a docstring of one line."""
    for page in course.notebooks():
        for block, tree in trees(page):
            for function, nested in _functions(tree, False):
                number = block.line + function.lineno - 1
                for text in _unclear(function, nested):
                    yield Fault(
                        page.path, number, "S34", f"{function.name}() has {text}"
                    )


def _functions(node: ast.AST, inside: bool) -> Iterator[tuple[ast.FunctionDef, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield child, inside
            yield from _functions(child, True)
        else:
            yield from _functions(child, inside)


def _unclear(function: ast.FunctionDef, nested: bool) -> Iterator[str]:
    given = function.args
    arguments = given.posonlyargs + given.args + given.kwonlyargs
    arguments += [a for a in (given.vararg, given.kwarg) if a]
    bare = [a.arg for a in arguments if not a.annotation and a.arg != "self"]
    if bare:
        yield f"no type hint for {', '.join(bare)}; add it"
    if function.returns is None:
        yield "no type hint for what it returns; add '-> …'"
    special = function.name.startswith("__")
    docstring = ast.get_docstring(function)
    if not docstring and not nested and not special:
        yield "no docstring; say in one line what it returns, with shapes"
    if docstring and len(docstring.splitlines()) > 1:
        yield "a docstring of several lines; one line is enough in a cell"


RULES = (lengths, imports, banned, python, functions)
