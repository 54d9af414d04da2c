"""S30 to S36: the code cells: short, explicit, typed, free of tricks."""

import ast
import re
from collections.abc import Iterator

from tools.sources.course import Course
from tools.sources.drawing import parse
from tools.sources.faults import Fault
from tools.sources.page import Block, Page

LINES, CLASS_LINES, COLUMNS, HIDDEN_FROM = 25, 40, 88, 10
FENCE = "{code-cell} ipython3"
TAGS = {"hide-input", "raises-exception"}
OPTIONS = {"tags", "mystnb"}
MAGIC = re.compile(r"^\s*[%!]")
SETTINGS = ("allow_errors", "execution_allow_errors", "execution_mode", "remove_code")
GENERATORS = {"default_rng", "Generator", "SeedSequence", "PCG64", "BitGenerator"}


def _notebooks(course: Course) -> Iterator[Page]:
    for _, page in course.lessons():
        yield page
    for _, page in course.answers():
        yield page


def lengths(course: Course) -> Iterator[Fault]:
    """S30: a cell shows one idea: 25 lines, 40 for a class, 88 columns."""
    for page in _notebooks(course):
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
    for page in _notebooks(course):
        for i, (block, tree) in enumerate(_trees(page)):
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
    for page in _notebooks(course):
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
        for block, tree in _trees(page):
            for node in ast.walk(tree):
                if why := _banned_call(node):
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


def _banned_call(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    name = ast.unparse(node.func)
    if name in ("warnings.filterwarnings", "warnings.simplefilter"):
        return f"{name} hides warnings; mend what warns"
    if name in ("glue", "get_ipython", "exec", "eval"):
        return f"{name}() does not work or read well everywhere; write plain Python"
    return ""


def python(course: Course) -> Iterator[Fault]:
    """S33: every cell is Python that parses."""
    for page in _notebooks(course):
        for block in page.of_kind("code"):
            if parse(block) is None and not any(
                MAGIC.match(line) for line in block.text.splitlines()
            ):
                yield Fault(page.path, block.line, "S33", "not valid Python; mend it")


def functions(course: Course) -> Iterator[Fault]:
    """S34: every function has type hints and a docstring of one line."""
    for page in _notebooks(course):
        for block, tree in _trees(page):
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


def randomness(course: Course) -> Iterator[Fault]:
    """S35: randomness comes from an explicit generator or seed."""
    for page in _notebooks(course):
        for block, tree in _trees(page):
            for node in ast.walk(tree):
                if not isinstance(node, ast.Attribute):
                    continue
                name = ast.unparse(node)
                hidden = re.fullmatch(r"(?:np|numpy)\.random\.(\w+)", name)
                if hidden and hidden[1] not in GENERATORS:
                    number = block.line + node.lineno - 1
                    text = (
                        f"{name} uses a hidden state; use np.random.default_rng(seed)"
                    )
                    yield Fault(page.path, number, "S35", text)


def _trees(page: Page) -> list[tuple[Block, ast.Module]]:
    parsed = [(block, parse(block)) for block in page.of_kind("code")]
    return [(block, tree) for block, tree in parsed if tree is not None]


RULES = (lengths, imports, banned, python, functions, randomness)
