"""The verdict in a real kernel: code without a file, beside an event loop."""

import nbformat
import pytest
from nbclient import NotebookClient

SETUP = """
from utils.checks import _verdict
from utils.checks._compare import allclose

@_verdict.checked(hint="Return x + 1.")
def plus_one(learner):
    allclose(learner(1), 2, "`f(1)`")
"""
CELLS = {
    "def f(x): ...": "… Not yet. Return x + 1.",
    "def f(x): return x + 1": "✓ Right.",
    "def f(x): return x - 1": "✗ Not right. `f(1)` is 0, expected 2.",
    "def f(x):\n    y = x\n    return y.shape": (
        "✗ Not right. Your code stopped with `AttributeError: 'int' object has no "
        "attribute 'shape'` in `f`, line 3: `return y.shape`"
    ),
    "def f(x):\n    while True: pass": (
        "✗ Not right. Your code was still running after 10 seconds. Look for a loop "
        "whose condition never becomes false, or work done twice."
    ),
}


@pytest.fixture(scope="module")
def outputs() -> list[dict[str, str]]:
    """Run every cell in one kernel and return what each shows, by media type."""
    source = [SETUP + "_verdict.SECONDS = 0.5"]
    source += [f"{cell}\n\nplus_one(f)" for cell in CELLS]
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(text) for text in source]
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    return [cell.outputs[0]["data"] for cell in book.cells[1:]]


@pytest.mark.parametrize("number", range(len(CELLS)))
def test_cell_shows_its_verdict(outputs: list[dict[str, str]], number: int) -> None:
    """Each outcome reaches the notebook as text and as HTML, never as an error."""
    expected = list(CELLS.values())[number]
    assert outputs[number]["text/plain"] == expected
    assert outputs[number]["text/html"].startswith("<div")
