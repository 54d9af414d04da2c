"""A course of one small chapter that breaks no rule; the tests plant faults in it."""

FRONT = """\
---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3, language: python}
course:
  reading: 24
  exercises: 25
  extras: []
  reviewed: 2026-11-20
---

"""

HEAD = """\
(ch-thing)=
# A thing of one line

## At a glance

**The question.** What does a line do to a number?

**After this you can**

- draw a line;
- compute a line;
- name what a line can't do.

**Time.** 24 minutes of reading, 25 minutes of exercises.

## The problem

The {term}`Line` {cite:p}`euclid` is old, see e.g. Fig. 3 by M. Curie et al. Xu.
The first cell imports all.

```{code-cell} ipython3
import matplotlib.pyplot as plt
import numpy as np
from utils.explore import explore

rng = np.random.default_rng(0)
```

Nothing was seen yet.

:::{admonition} Predict
:class: tip
How steep is it?
:::

## Intuition

:::{admonition} Predict
:class: tip
Which slope is steepest?
:::

Move the control.

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-thing-widget
    caption: A line that turns.
---
def draw(slope: float) -> str:
    \"\"\"Draw y = slope · x.\"\"\"
    fig, ax = plt.subplots()
    ax.plot([0, 1], [0, slope])
    return f"At slope {slope} the line ends at {slope}."


explore(draw, start={"slope": 1}, slope=[0, 1, 2])
```

The line in {numref}`fig-thing-widget` turned.
"""

MATHS = """\

## The maths

(thing-line)=
### The line itself

A **line** is this:

$$
y = w x
$$ (eq-thing-line)

That was {eq}`eq-thing-line`; {ref}`thing-line` says more.

| letter | name |
|---|---|
| w | slope |

```{cards} thing-line
```
"""

CODE = """\

## From scratch

We write it down.

```{code-cell} ipython3
class Line:
    \"\"\"A line through the origin.\"\"\"

    def __init__(self, w: float) -> None:
        self.w = w
```

Next comes the function.

```{code-cell} ipython3
def line(x: np.ndarray, w: float) -> np.ndarray:
    \"\"\"Return w · x, elementwise.\"\"\"

    def times(v: np.ndarray) -> np.ndarray:
        return w * v

    return times(x)
```

It is short.
"""

PICTURE = """\

The picture {number} shows it.

```{{code-cell}} ipython3
---
mystnb:
  image:
    alt: The line rises to two at the right end.
  figure:
    name: fig-thing-picture{number}
    caption: A line with slope two.
---
fig, ax = plt.subplots()
ax.plot([0, 1], [0, 2])
```

It rises.
"""

PLAIN = """\

A number comes next.

```{code-cell} ipython3
line(np.ones(2), 2.0)
```

It is two.
"""

TAIL = """\

## Summary

- A line is drawn.
- A line is computed.
- A line can't bend.

## Check yourself

```{quiz}
```

## Exercises

The {ref}`exercises <ex-thing>` come next.

## Further reading

- {cite:t}`euclid` for the idea.
"""

FILLER = "The line goes on and on through the same few points of the plane again.\n"

LESSON = "".join(
    (
        FRONT,
        HEAD,
        FILLER * 75,
        MATHS,
        CODE,
        *(PICTURE.format(number=n) for n in (1, 2)),
        PLAIN,
        PLAIN.replace("A number", "Another").replace("two", "four").replace("2", "4"),
        TAIL,
    )
)

SOLUTIONS_HEAD = (
    FRONT.replace("  reading: 24\n  exercises: 25\n", "").replace(
        "  reviewed: 2026-11-20\n", ""
    )
    + """\
(sol-thing)=
# Solutions: A thing of one line

The first cell imports all.

```{code-cell} ipython3
from utils.checks import thing as check
```
"""
)

WITH_CODE = """\

## {number}. Exercise {number}

*{kind} · ★★ · 5 minutes*

**Goal.** Compute.

**Given.** A number.

**Task.** Double it.

```{{code-cell}} ipython3
def double{number}(x: float) -> float:
    \"\"\"Return twice x.\"\"\"
    ...
```

:::{{dropdown}} Hint 1
Think of two.
:::

+++ {{"tags": ["solution"]}}

**Solution.** Multiply by two.

**Common mistake.** Adding two.

```{{code-cell}} ipython3
:tags: [solution]
def double{number}(x: float) -> float:
    \"\"\"Return twice x.\"\"\"
    return 2 * x
```

```{{code-cell}} ipython3
check.check{number}(double{number})
```
"""

IN_WORDS = """\

## 5. In words

*Explain · ★ · 5 minutes*

**Goal.** Explain.

**Given.** The line.

**Task.** Say why it can't bend.

:::{dropdown} Hint 1
Think of the slope.
:::

+++ {"tags": ["solution"]}

**Solution.** The slope is the same everywhere.

**Common mistake.** Calling it a curve.
"""

SOLUTIONS = SOLUTIONS_HEAD + "".join(
    WITH_CODE.format(number=n, kind=k)
    for n, k in enumerate(("Implement", "Experiment", "Debug", "Recall"), 1)
)
SOLUTIONS += IN_WORDS

STUDY = "schema: 1\ncards:\n"
STUDY += "".join(
    f"  - id: thing-c{n}\n    section: thing-line\n    source: euclid\n"
    for n in range(8)
)
STUDY += "quiz:\n"
STUDY += "".join(
    f"  - id: thing-q{n}\n    section: thing-line\n    source: chapter\n"
    for n in range(6)
)

CHECKS = '"""Checks."""\n' + "".join(
    f"\n\n@checked(hint='Double it.')\ndef check{n}(learner):\n    return None\n"
    for n in range(1, 5)
)

TOC = """\
format: jb-book
root: chapters/index
parts:
  - caption: Foundations
    chapters:
      - file: chapters/foundations/thing
        sections:
          - file: exercises/foundations/thing
          - file: solutions/foundations/thing
  - caption: Reference
    chapters:
      - file: chapters/reference/glossary
"""

README = """\
# The Course Of One Thing

`make book` builds it, after `git clone https://example.org/course`.

- [A thing](chapters/foundations/thing.md)

```text
chapters/       the lessons
exercises/      what to do
solutions/      how it is done
study/          the cards
utils/          the checks
references.bib  the book
Makefile        the command
CITATION.cff    the name
_config.yml     the address
_toc.yml        the order
```
"""

INDEX = """\
# The Course Of One Thing

Start here, with {ref}`ch-thing`.

## The map

- **{ref}`ch-thing`**: What is a line?
- Another thing: What is a plane?
"""

GLOSSARY = """\
# Glossary

```{glossary}
Line
  What goes on, see {ref}`thing-line`.

Slope
  How steep it is.
```
"""

FILES = {
    "_toc.yml": TOC,
    "README.md": README,
    "Makefile": "book: ## build\n\techo\n",
    "references.bib": "@book{euclid,\n  title = {Elements}\n}\n",
    "_config.yml": "repository:\n  url: https://example.org/course\n",
    "CITATION.cff": "repository-code: https://example.org/course\n",
    "chapters/index.md": INDEX,
    "chapters/reference/glossary.md": GLOSSARY,
    "chapters/foundations/thing.md": LESSON,
    "exercises/foundations/thing.md": "derived\n",
    "solutions/foundations/thing.md": SOLUTIONS,
    "study/foundations/thing.yml": STUDY,
    "utils/checks/thing.py": CHECKS,
    "utils/checks/_verdict.py": "",
}
