"""The cost of a notebook, measured on one whose cost is known."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from benchmarks import notebooks

PAGE = """---
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3, language: python}}
---

# Page

```{{code-cell}} ipython3
{program}
```
"""


def cost(folder: Path, program: str):
    """Measure a page of one cell in a process of its own, as the benchmark does."""
    (folder / "_config.yml").write_text(
        "execute: {timeout: 60}\nparse: {myst_enable_extensions: []}\n"
    )
    (folder / "page.md").write_text(PAGE.format(program=program))
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(notebooks.measure_page, Path("page.md"), folder).result()


def test_seconds_and_peak_are_those_of_the_kernel(tmp_path):
    row = cost(tmp_path, "import time; x = b'x' * (400 * 2**20); time.sleep(1)")
    assert row["page"] == "page"
    assert 1 < row["seconds"] < 30
    assert 0.1 < row["CPU seconds"] < row["seconds"] - 0.9  # it sleeps for one
    assert 400 < row["MiB"] < 700


def test_failing_notebook_is_no_measurement(tmp_path):
    with pytest.raises(RuntimeError, match=r"page\.md.*\n*ZeroDivisionError"):
        cost(tmp_path, "1 / 0")
