"""What a name in a cell stands for, whatever it was imported as."""

import ast

from tools.sources.drawing import parse
from tools.sources.page import Block, Page


def trees(page: Page) -> list[tuple[Block, ast.Module]]:
    """Return each code cell that parses, with its syntax tree."""
    parsed = [(block, parse(block)) for block in page.of_kind("code")]
    return [(block, tree) for block, tree in parsed if tree is not None]


def imported(page: Page) -> dict[str, str]:
    """Return the full name of everything the page imports, by the name it gets.

    `import numpy as np` gives `{"np": "numpy"}`, `from torch import rand` gives
    `{"rand": "torch.rand"}`.
    """
    found = {}
    for _, tree in trees(page):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {a.asname: a.name for a in node.names if a.asname}
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    full = f"{node.module}.{alias.name}"
                    found[alias.asname or alias.name] = full
    return found


def full_name(node: ast.expr, known: dict[str, str]) -> str:
    """Return the dotted name of an expression with its import written out."""
    first, dot, rest = ast.unparse(node).partition(".")
    return known.get(first, first) + dot + rest
