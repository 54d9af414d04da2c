"""Which code cells of a page draw a picture or make a widget."""

import ast
from dataclasses import dataclass

from tools.sources.page import Block, Page

FIGURE_MAKERS = {"subplots", "figure", "subplot_mosaic"}


@dataclass(frozen=True)
class Drawing:
    """A cell that draws: its block, and the call of `explore` if it is a widget."""

    block: Block
    explore: ast.Call | None

    @property
    def is_widget(self) -> bool:
        """Tell whether the cell makes a widget."""
        return self.explore is not None


def parse(block: Block) -> ast.Module | None:
    """Return the syntax tree of a cell, or None where it is no Python."""
    try:
        return ast.parse(block.text)
    except SyntaxError:
        return None


def called_name(call: ast.Call) -> str:
    """Return the last part of a called name: `subplots` for `plt.subplots()`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def drawings(page: Page) -> list[Drawing]:
    """Return the cells that draw, in order.

    A cell draws if its top level calls `explore`, makes a matplotlib figure, or calls
    a function of the page that makes one.
    """
    makers = set(FIGURE_MAKERS)
    found = []
    for block in page.of_kind("code"):
        tree = parse(block)
        if tree is None:
            continue
        for function in [n for n in tree.body if isinstance(n, ast.FunctionDef)]:
            if makers & {called_name(c) for c in _calls(function)}:
                makers.add(function.name)
        top = [c for node in tree.body for c in _calls_outside_functions(node)]
        explore = next((c for c in top if called_name(c) == "explore"), None)
        if explore or makers & {called_name(c) for c in top}:
            found.append(Drawing(block, explore))
    found += [Drawing(block, None) for block in page.directives("figure")]
    return sorted(found, key=lambda drawing: drawing.block.line)


def _calls(node: ast.AST) -> list[ast.Call]:
    return [n for n in ast.walk(node) if isinstance(n, ast.Call)]


def _calls_outside_functions(node: ast.AST) -> list[ast.Call]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
        return []
    inner = [c for n in ast.iter_child_nodes(node) for c in _calls_outside_functions(n)]
    return [node, *inner] if isinstance(node, ast.Call) else inner
