"""The derivation of exercise pages from solution pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import exercises
from tools.notebooks.errors import SourceError

PATH = "solutions/part/topic.md"
SOURCE = """\
---
file_format: mystnb
course:
  extras: []
---

(sol-topic)=
# Solutions: The topic

The answers: {ref}`sol-topic`.

```{code-cell} ipython3
import numpy as np
```

## 1. Double

*Implement · ★ · 2 minutes*

(sol-topic-table)=
**Task.** See {ref}`sol-topic-table`.

```{code-cell} ipython3
double = None
```

:::{dropdown} Hint 1
Add it to itself.
:::

+++ {"tags": ["solution"]}

**Solution.** Twice.

```{code-cell} ipython3
:tags: [solution]
def double(x):
    \"\"\"# Solutions: not a title\"\"\"


    return x + x
```

```{code-cell} ipython3
check.double(double)
```

## 2. Why

Explain.

+++ {"tags": ["solution"]}

**Solution.** Because.

+++

## 3. Last
"""
DERIVED = """\
---
file_format: mystnb
course:
  derived_from: solutions/part/topic.md
  extras: []
---

(ex-topic)=
# Exercises: The topic

The answers: {ref}`sol-topic`.

```{code-cell} ipython3
import numpy as np
```

## 1. Double

*Implement · ★ · 2 minutes*

(ex-topic-table)=
**Task.** See {ref}`ex-topic-table`.

```{code-cell} ipython3
double = None
```

:::{dropdown} Hint 1
Add it to itself.
:::

```{code-cell} ipython3
check.double(double)
```

## 2. Why

Explain.

+++

## 3. Last
"""


def test_drops_the_solutions_and_keeps_the_rest() -> None:
    """The derived page is the source without solutions, retitled and relabelled."""
    assert exercises.derive(SOURCE, PATH) == DERIVED


STARTER = "```{code-cell} ipython3\ndouble = None\n```\n"
FAULTS = {
    "no starter": (STARTER, "", ":32: a solution cell without a starter"),
    "other name": ("double = None", "twice = None", ":35: the solution defines double"),
    "label": ("(sol-topic)=", "(ex-topic)=", ":7: the page must open with"),
    "title": ("# Solutions:", "# Answers:", ":8: after its label"),
    "shared label": ("(sol-topic-table)=", "(topic-table)=", ":20: the label 'topic-t"),
    "open fence": ("check.double(double)\n```", "check()", ":44: this fence is never"),
    "flow front matter": (
        "course:\n  extras: []",
        "course: {a: 1}",
        ":3: write 'course:'",
    ),
    "no course": ("course:\n", "other:\n", ":1: the front matter has no"),
    "broken yaml": ("extras: []", "extras: [", ":4: the front matter is not YAML"),
    "broken break": ('+++ {"tags": ["solution"]}', "+++ {", ":31: what follows '+++'"),
    "broken python": ("double = None", "double = = 1", ":24: not valid Python"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_and_line(fault: str) -> None:
    """Each planted fault is rejected for its own reason, at its line."""
    old, new, message = FAULTS[fault]
    assert old in SOURCE
    with pytest.raises(SourceError, match=r"^solutions/part/topic\.md:\d+: ") as error:
        exercises.derive(SOURCE.replace(old, new, 1), PATH)
    assert message in str(error.value)


def write(root: Path, name: str, text: str) -> None:
    """Write a file below `root`."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Writing, then checking: equal, changed, missing, stray, broken."""
    write(tmp_path, PATH, SOURCE)
    target = "exercises/part/topic.md"

    assert exercises.main(["--check"], tmp_path) == 1
    assert f"{target}: missing" in capsys.readouterr().err
    assert exercises.main([], tmp_path) == 0
    assert (tmp_path / target).read_text(encoding="utf-8") == DERIVED
    assert exercises.main(["--check"], tmp_path) == 0
    assert capsys.readouterr().err == ""

    write(tmp_path, target, DERIVED.replace("Explain.", "Explain!"))
    write(tmp_path, "exercises/part/other.md", "stray")
    assert exercises.main(["--check"], tmp_path) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{target}:38: differs from what {PATH} gives")
    assert lines[1].startswith("exercises/part/other.md: stray")

    write(tmp_path, PATH, SOURCE.replace("# Solutions", "# Answers"))
    assert exercises.main([], tmp_path) == 1
    assert capsys.readouterr().err.startswith(f"{PATH}:8: ")
