"""The cost of a notebook, measured on one whose cost is known."""

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


def cost(folder: Path, *programs: str):
    """Measure pages of one cell each."""
    (folder / "_config.yml").write_text(
        "execute: {timeout: 60}\nparse: {myst_enable_extensions: []}\n"
    )
    names = [f"page-{number}" for number in range(len(programs))]
    for name, program in zip(names, programs, strict=True):
        (folder / f"{name}.md").write_text(PAGE.format(program=program))
    files = ", ".join(f"file: {name}" for name in names)
    (folder / "_toc.yml").write_text(
        f"{{format: jb-book, root: index, chapters: [{files}]}}"
    )
    return notebooks.measure(folder)


def test_costs_are_those_of_the_page_s_own_kernel(tmp_path):
    large, small = cost(
        tmp_path, "import time; x = b'x' * (400 * 2**20); time.sleep(1)", "0"
    )
    assert (large["page"], small["page"]) == ("page-0", "page-1")
    assert 1 < large["seconds"]
    assert 0.1 < large["CPU seconds"] < large["seconds"] - 0.9  # it sleeps for one
    assert 400 < large["MiB"] < 700
    assert 10 < small["MiB"] < 300


def test_failing_notebook_is_no_measurement(tmp_path):
    with pytest.raises(RuntimeError, match=r"page-0\.md.*\n*ZeroDivisionError"):
        cost(tmp_path, "1 / 0")
