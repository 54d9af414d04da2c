"""Generated numbers: draw them, compute with them, and translate the functions."""

from __future__ import annotations

import ast
import hashlib
import inspect
import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

from utils.study import generators

Range = list[float]
MOST_DRAWS = 5000
TURNS = 50


def function(name: str) -> Callable[..., float] | None:
    """The generator of this name, or None."""
    found = getattr(generators, name, None)
    return found if inspect.isfunction(found) else None


def names() -> list[str]:
    """All generators, in order."""
    return sorted(n for n, _ in inspect.getmembers(generators, inspect.isfunction))


def values(bounds: Range) -> list[float]:
    """The numbers of `[low, high]` or `[low, high, step]`, both ends included."""
    low, high, step = (*bounds, 1)[:3]
    count = math.floor((high - low) / step + 1e-9) + 1
    return [_plain(round(low + i * step, 10)) for i in range(count)]


def _plain(x: float) -> float:
    return int(x) if float(x).is_integer() else x


def first_draw(
    item_id: str, ranges: dict[str, Range], functions: list[str]
) -> dict[str, float]:
    """The draw that stands in the page before any script: fixed by the item's id.

    If it can be, it is one for which the functions (the answer's and those of the
    mistakes) give different results.
    """
    for turn in range(TURNS):
        drawn = {}
        for name, bounds in ranges.items():
            choices = values(bounds)
            seed = hashlib.sha256(f"{item_id} {name} {turn}".encode()).digest()
            drawn[name] = choices[int.from_bytes(seed[:8], "big") % len(choices)]
        if len({show(function(name)(**drawn)) for name in functions}) == len(functions):
            break
    return drawn


def draws(ranges: dict[str, Range]) -> Iterator[dict[str, float]]:
    """Every possible draw, thinned evenly to at most about `MOST_DRAWS`."""
    lists = [values(bounds) for bounds in ranges.values()]
    stride = max(1, math.prod(map(len, lists)) // MOST_DRAWS)
    if stride > 1:
        stride |= 1
    for drawn in itertools.islice(itertools.product(*lists), 0, None, stride):
        yield dict(zip(ranges, drawn, strict=True))


def show(x: float) -> str:
    """A number as the page writes it: ten significant digits, no trailing zeros."""
    return str(_plain(float(f"{x:.10g}")))


def javascript(wanted: set[str]) -> str:
    """The functions as one JavaScript statement that adds to `dlblStudy.generators`."""
    made = ",".join(f"{name}:{_translate(name)}" for name in sorted(wanted))
    place = "(window.dlblStudy=window.dlblStudy||{}).generators"
    return f"{place}={{...window.dlblStudy.generators,{made}}};"


def _translate(name: str) -> str:
    """One function of arithmetic as a JavaScript function of named arguments.

    Raises ValueError for anything that has no plain counterpart.
    """
    tree = ast.parse(inspect.getsource(getattr(generators, name))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    result = tree.body[-1]
    if len(tree.body) != 2 or not isinstance(result, ast.Return):
        raise ValueError(f"{name}: must be a docstring and one return")
    args, defaults = tree.args.args, tree.args.defaults
    plain = len(args) - len(defaults)
    heads = [a.arg for a in args[:plain]] + [
        f"{a.arg}={_js(d)}" for a, d in zip(args[plain:], defaults, strict=True)
    ]
    return f"({{{','.join(heads)}}})=>{_js(result.value)}"


_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_COMPARE = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Eq: "===", ast.NotEq: "!==",
}  # fmt: skip


def _js(node: Any) -> str:
    match node:
        case ast.Constant(value=int() | float() as value):
            return repr(value)
        case ast.Name(id=name):
            return name
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"(-{_js(operand)})"
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
            return f"Math.floor({_js(left)}/{_js(right)})"
        case ast.BinOp(left=left, op=ast.Mod(), right=right):
            a, b = _js(left), _js(right)
            return f"({a}-{b}*Math.floor({a}/{b}))"
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return f"({_js(left)}{_OPERATORS[type(op)]}{_js(right)})"
        case ast.Compare(left=left, ops=[op], comparators=[right]) if (
            type(op) in _COMPARE
        ):
            return f"({_js(left)}{_COMPARE[type(op)]}{_js(right)})"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return f"({_js(test)}?{_js(body)}:{_js(orelse)})"
        case ast.Call(func=ast.Name(id="min" | "max" | "abs" as name), args=args):
            return f"Math.{name}({','.join(map(_js, args))})"
        case ast.Call(
            func=ast.Attribute(
                value=ast.Name(id="math"),
                attr="sqrt" | "exp" | "log" | "log2" | "floor" | "ceil" as name,
            ),
            args=[arg],
        ):
            return f"Math.{name}({_js(arg)})"
    raise ValueError(f"`{ast.unparse(node)}` cannot be translated to the page")
