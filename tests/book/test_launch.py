"""The notebooks of a small book: numbers as on its pages, faults named."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tools.pages import ROOT

LESSON = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3, language: python}
course:
  extras: []
---

(ch-lesson)=
# A lesson

See {eq}`eq-lesson-one`, {numref}`fig-lesson-line`, {numref}`fig-lesson-dot`,
{ref}`part two <lesson-two>`, {term}`gradient`, {doc}`words`, {cite:t}`ada1843`
and {cite:p}`two1986`.

$$
a = b
$$ (eq-lesson-one)

```{figure} dot.png
:name: fig-lesson-dot
:alt: A dot
A dot.
```

(lesson-two)=
## Part two

```{code-cell} ipython3
---
mystnb:
  image:
    alt: A line
  figure:
    name: fig-lesson-line
    caption: A line.
---
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(1, 1))
```
"""
WORDS = """# Words

```{glossary}
gradient
  A slope.
```

```{bibliography}
```
"""
WORKS = """
@book{ada1843, author = {Ada Lovelace}, title = {Notes}, publisher = {P}, year = {1843}}
@article{two1986, author = {Ann B{\\"o}hm and Carl D and Eve F}, title = {T},
  journal = {J}, year = {1986}}
"""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of two pages with all kinds of references."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    for key in ("logo", "html"):
        config.pop(key)
    config["sphinx"]["config"]["extensions"].remove("_ext.study")
    toc = "{format: jb-book, root: lesson, chapters: [file: words]}"
    texts = {
        "_config.yml": yaml.safe_dump(config),
        "_toc.yml": toc,
        "lesson.md": LESSON,
        "words.md": WORDS,
        "references.bib": WORKS,
        "requirements.txt": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "dot.png").write_bytes(DOT)
    return tmp_path


def run(book: Path, tool: str, *options: str) -> tuple[int, str]:
    """Run a tool on the book; return its exit status and what it printed."""
    command = [sys.executable, "-m", f"tools.{tool}", "--root", str(book), *options]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COURSE_")}
    done = subprocess.run(
        command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=180
    )
    return done.returncode, done.stdout + done.stderr


def test_a_notebook_says_what_its_page_says(book: Path) -> None:
    """Each reference bears the text and leads to the place that it has in the page."""
    for tool in ("execute", "build"):
        status, said = run(book, tool)
        assert status == 0, said
    html = book / "_build/html"
    page = (html / "lesson.html").read_text(encoding="utf-8")
    cells = json.loads((html / "notebooks/lesson.ipynb").read_text())["cells"]
    text = "".join(cells[2]["source"])
    links = re.findall(
        r"\[([^\]]*)\]\(https://[^/]*/course/([^)#]*)(?:#([^)]*))?\)", text
    )
    assert [link[0] for link in links] == [
        "(1)",
        "Fig. 2",
        "Fig. 1",
        "part two",
        "gradient",
        "Words",
        "Lovelace (1843)",
        "Böhm et al., 1986",
    ]
    for _, target, anchor in links:
        there = (html / target).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in there
    for said in ("(1)", "Fig. 2", "Fig. 1", "(Böhm"):
        assert said.strip("(") in page
    assert "a = b \\tag{1}" in text
    assert "**Fig. 1.** A dot." in text
    assert "".join(cells[-1]["source"]) == "**Fig. 2.** A line."
    assert 'href="notebooks/lesson.ipynb"' in page
    assert "btn-colab" not in (html / "words.html").read_text(encoding="utf-8")


def test_a_build_without_outputs_has_notebooks_too(book: Path) -> None:
    """A figure that was never drawn has no number, and is linked all the same."""
    status, said = run(book, "build", "--preview")
    assert status == 0, said
    cells = json.loads((book / "_build/html/notebooks/lesson.ipynb").read_text())[
        "cells"
    ]
    assert "[the figure](" in "".join(cells[2]["source"])


def test_an_unknown_construct_fails_the_build_each_time(book: Path) -> None:
    """Sphinx knows the directive, a notebook does not: file, line, exit status."""
    text = LESSON + "\n```{topic} Aside\nText.\n```\n"
    (book / "lesson.md").write_text(text, encoding="utf-8")
    assert run(book, "execute")[0] == 0
    line = text[: text.index("```{topic}")].count("\n") + 1
    for _ in range(2):
        status, said = run(book, "build")
        assert status == 1
        assert f"lesson.md:{line}: unknown directive {{topic}}" in said
