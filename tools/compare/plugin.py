"""Makes nbval run cells as a notebook does, and look for the page's pictures."""

from __future__ import annotations

import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell

PICTURES = ("image/png", "image/jpeg")
STARTS = ("iVBORw0KGgo", "/9j/")
"""How PNG and JPEG begin in base 64."""


def pytest_configure() -> None:
    """Number the cells: without a history, IPython ignores a semicolon at the end."""
    RunningKernel.execute_cell_input = lambda kernel, source, allow_stdin=None: (
        kernel.kc.execute(source, allow_stdin=allow_stdin, stop_on_error=False)
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Compare pictures by their being there, all else by its content."""
    for item in items:
        if isinstance(item, IPyNbCell):
            item.parent.skip_compare = tuple(
                key for key in item.parent.skip_compare if key not in PICTURES
            )
            item.sanitize = picture_to_word


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Fail a cell that would not be run, or not be compared with the page."""
    if isinstance(item, IPyNbCell):
        compared = item.options["check"] and not item.options["skip"]
        if not compared or item.cell.execution_count is None:
            item.raise_cell_error(
                "The cell opts out of being run or compared: take the comment or tag "
                "out (NBVAL_…, nbval-…, skip-execution)"
            )


def picture_to_word(value: object) -> object:
    """Return "picture" for a picture and any other value as it is."""
    if isinstance(value, str) and value.startswith(STARTS):
        return "picture"
    return value
