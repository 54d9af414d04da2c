"""S35: what is drawn at random can be drawn again."""

import ast
import re
from collections.abc import Iterator

from tools.sources.course import Course
from tools.sources.faults import Fault
from tools.sources.names import full_name, imported, trees
from tools.sources.page import Page

NUMPY = re.compile(
    r"numpy\.random\.(?!default_rng|Generator|SeedSequence|PCG64|BitGenerator)\w+"
)
PYTHON = re.compile(r"random\.(?!Random\b)\w+")
TORCH = re.compile(
    r"torch\.(?:rand|randn|randint|rand_like|randn_like|randint_like|randperm|normal"
    r"|bernoulli|multinomial|poisson)"
)


def seeded(course: Course) -> Iterator[Fault]:
    """S35: randomness comes from an explicit generator or seed."""
    for page in course.notebooks():
        yield from _hidden(page)
        yield from _unseeded(page)


def _hidden(page: Page) -> Iterator[Fault]:
    """Report what draws from a state that all the process shares."""
    known = imported(page)
    for block, tree in trees(page):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute | ast.Name):
                continue
            name = full_name(node, known)
            number = block.line + node.lineno - 1
            if NUMPY.fullmatch(name):
                text = f"{name} uses a hidden state; use np.random.default_rng(seed)"
                yield Fault(page.path, number, "S35", text)
            elif PYTHON.fullmatch(name):
                text = f"{name} uses a hidden state; use random.Random(seed)"
                yield Fault(page.path, number, "S35", text)


def _unseeded(page: Page) -> Iterator[Fault]:
    """Report what PyTorch draws before the page's first seed, without a generator."""
    known = imported(page)
    calls = [
        (block.line + node.lineno - 1, full_name(node.func, known), node)
        for block, tree in trees(page)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]
    for line, name, call in sorted(calls, key=lambda found: found[0]):
        if name == "torch.manual_seed":
            return
        given = {keyword.arg for keyword in call.keywords}
        if TORCH.fullmatch(name) and "generator" not in given:
            text = f"{name} before any seed; pass generator=… or torch.manual_seed(0)"
            yield Fault(page.path, line, "S35", text)


RULES = (seeded,)
