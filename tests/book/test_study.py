"""A small book with cards and a quiz, built from nothing: nodes, links, warnings."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "tests" / "unit" / "study" / "demo"
YAML = Path("study", "part", "demo.yml")
PAGE = Path("chapters", "part", "demo.md")

CONFIG = """
project = "A small book"
extensions = ["myst_nb", "sphinxcontrib.bibtex", "_ext.study"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
bibtex_bibfiles = ["references.bib"]
html_theme = "basic"
nb_execution_mode = "off"
"""
INDEX = """# Home

```{toctree}
chapters/part/demo
plain
references
```
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The sources of the demo's book."""
    book = tmp_path / "book"
    shutil.copytree(DEMO, book)
    (book / "conf.py").write_text(CONFIG, "utf-8")
    (book / "index.md").write_text(INDEX, "utf-8")
    (book / "plain.md").write_text("# Plain\n\n(elsewhere)=\n\nNo cards.\n", "utf-8")
    (book / "references.md").write_text("# R\n\n```{bibliography}\n```\n", "utf-8")
    return book


def build(book: Path, builder: str = "html") -> list[str]:
    """Build the book; return the warnings."""
    said = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            book, book, book / "out", book / "trees", builder, status=None, warning=said
        )
        app.build()
    return [line for line in said.getvalue().splitlines() if line.strip()]


def change(book: Path, file: Path, old: str, new: str) -> None:
    """Replace one text in a source."""
    text = (book / file).read_text("utf-8")
    assert old in text
    (book / file).write_text(text.replace(old, new, 1), "utf-8")


def test_page(book: Path) -> None:
    """Real nodes: formulas, code, citations, references, anchors; searchable."""
    new = "why: A {ref}`part <elsewhere>` of {doc}`this </plain>`. It"
    change(book, YAML, "why: It is what", f"{new} is what")
    assert build(book) == []
    html = (book / "out" / PAGE.with_suffix(".html")).read_text("utf-8")
    ids = re.findall(r'<(?:details class="study-card"|form [^>]*) id="([^"]+)"', html)
    assert [i for i in ids if i.startswith("demo")][:2] == [
        "demo-gradient-shape",
        "demo-chain-rule",
    ]
    assert html.count('<details class="study-card"') == 8
    assert html.count('<form class="study-question"') == 7
    assert r'<span class="math notranslate nohighlight">\(\mathbf{W}\)</span>' in html
    assert 'href="../../references.html#' in html  # the source of an item
    assert 'href="../../plain.html#elsewhere"' in html  # a reference in a text
    assert 'Taught in <a class="reference internal" href="#demo-cards">' in html
    assert "<mark>output</mark>" in html
    state = '</h1>\n<p class="study-state"><span>8 cards, 7 questions</span></p>'
    assert state in re.sub(r'<a class="headerlink".*?</a>', "", html)
    assert re.search(r'<code class="[^"]*study-code[^"]*highlight-python[^"]*">', html)
    scripts = re.findall(r'<script[^>]* src="[^"]*/(study[-a-z]*\.js)', html)
    assert scripts == ["study-generators.js", "study.js"]  # before who calls them
    index = (book / "out" / "searchindex.js").read_text("utf-8")
    terms = json.loads(index[index.index("{") : index.rindex("}") + 1])["terms"]
    assert {"activ", "paramet", "unchang"} & set(terms) >= {"activ", "unchang"}
    other = (book / "out" / "plain.html").read_text("utf-8")
    assert "study" not in re.sub(r"<title>.*?</title>", "", other)


def test_build_depends_on_the_data(book: Path) -> None:
    """A changed YAML file rebuilds its page."""
    assert build(book) == []
    change(book, YAML, "Why do gradients *add*", "Why do gradients *sum up*")
    assert build(book) == []
    html = (book / "out" / PAGE.with_suffix(".html")).read_text("utf-8")
    assert "<em>sum up</em>" in html


WRONG = {
    "unknown section": (
        PAGE,
        "{cards} demo-more",
        "{cards} demo-less",
        r"demo\.md:1\d: .*no card of section 'demo-less': name one of demo-cards",
    ),
    "section missing": (PAGE, "{cards} demo-more", "{cards}", r"demo\.md:1\d"),
    "unknown slug": (
        PAGE,
        "{quiz}",
        "{quiz} other",
        r"demo\.md:\d+: .*'other': write study/part/other\.yml",
    ),
    "twice": (
        PAGE,
        "{cards} demo-more",
        "{cards} demo-cards",
        r"demo\.md:\d+: .*demo-gradient-shape stands twice in this page",
    ),
    "broken YAML": (
        YAML,
        "front: What fills",
        "front: What: fills",
        r"demo\.md:\d+: .*study/part/demo\.yml:\d+: demo-memory: front: broken YAML",
    ),
    "unknown kind": (
        YAML,
        "kind: basic",
        "kind: basics",
        r"demo\.md:\d+: .*demo-gradient-shape: kind: unknown value 'basics'",
    ),
    "no text for a list": (
        YAML,
        "- text: The update of the weights",
        "- text: |\n          - one\n          - two",
        r"demo\.md:\d+: .*bullet list cannot stand here",
    ),
    "unknown reference": (
        YAML,
        "why: It is what",
        "why: A {ref}`part <nowhere>`. It is what",
        r"demo\.md:\d+: .*undefined label: 'nowhere'",
    ),
    "unknown source": (
        YAML,
        "source: demo-book",
        "source: no-book",
        r"could not find bibtex key .no-book",
    ),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_fault_fails_the_build(book: Path, name: str) -> None:
    """Whatever is wrong is a warning with its place, so that `-W` fails."""
    file, old, new, says = WRONG[name]
    change(book, file, old, new)
    said = build(book, "dummy")
    assert any(re.search(says, line) for line in said), said


def test_strict_build_fails(book: Path) -> None:
    """Exit status and message, as `make book` has them."""
    change(book, PAGE, "{cards} demo-more", "{cards} demo-less")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "dummy"]
    done = subprocess.run(
        [*command, str(book), str(book / "out")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode != 0
    assert "no card of section 'demo-less'" in done.stderr
    assert "Traceback" not in done.stderr


def test_data_are_missing(book: Path) -> None:
    """The warning names the file to write; writing it rebuilds the page."""
    data = (book / YAML).read_text("utf-8")
    (book / YAML).unlink()
    assert any("write study/part/demo.yml" in line for line in build(book))
    (book / YAML).write_text(data, "utf-8")
    assert build(book) == []
    html = (book / "out" / PAGE.with_suffix(".html")).read_text("utf-8")
    assert html.count('<details class="study-card"') == 8
