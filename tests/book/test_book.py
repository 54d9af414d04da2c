"""A tiny book, built from nothing by the tools that build the course."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tools import execute
from tools.pages import ROOT
from tools.run_page import Run

NOTEBOOK = """---
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3, language: python}}
course:
  reading: 5
  extras: []
  reviewed: 2026-11-20
---
(ch-lesson)=
# A lesson

The sum of $x_1$ and $x_2$.

```{{code-cell}} ipython3
total = 2 + 2
print("total", total)
```

{more}
"""

TOC = "{format: jb-book, root: index, chapters: [file: part/lesson]}"

FAULTY = """```{code-cell} ipython3
def halve(number):
    return number / 0

halve(total)
```"""


EDIT = """    source[0] = source[0].replace("The sum", "The edited sum")
"""


class Book:
    """A folder with one lesson, and the tools that make a site of it."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder = folder
        self.tools = ROOT
        config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
        for key in ("logo", "html"):
            config.pop(key)
        extensions = config["sphinx"]["config"]["extensions"]
        for name in ("_ext.study", "_ext.launch"):
            extensions.remove(name)
        self.config = config
        self.write("index.md", "# Home\n\nSee {ref}`ch-lesson`.\n")
        self.write("part/lesson.md", NOTEBOOK.format(more=more))
        self.write("_toc.yml", TOC)
        self.write("references.bib", "")
        self.write("utils/one.py", "value = 1\n")
        self.write("study/one.yml", "schema: 1\n")
        self.write("requirements.txt", "")
        self.configure()

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def configure(self, **execute: object) -> None:
        self.config["execute"].update(execute)
        self.write("_config.yml", yaml.safe_dump(self.config))

    def run(self, tool: str, *options: str) -> tuple[int, str]:
        """Run a tool on the book; return its exit status and all that it printed."""
        command = [sys.executable, "-m", f"tools.{tool}", "--root", str(self.folder)]
        done = subprocess.run(
            [*command, *options],
            cwd=self.tools,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        return done.returncode, done.stdout

    @property
    def page(self) -> str:
        """The lesson as it was built."""
        path = self.folder / "_build" / "html" / "part" / "lesson.html"
        return path.read_text(encoding="utf-8")


def test_book_is_built(tmp_path: Path) -> None:
    book = Book(tmp_path)
    status, said = book.run("execute")
    assert status == 0, said
    assert re.search(
        r"\[1/1\] part/lesson\.md  \d+\.\d s, CPU \d+\.\d s, \d\d+ MiB  ok", said
    )
    status, said = book.run("build")
    assert status == 0, said
    assert str(tmp_path / "_build" / "html") in said
    assert "total 4" in book.page
    assert 'class="katex"' in book.page


def test_title_is_escaped_in_the_entry(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.config["title"] = "Loss < 0 & more"
    book.configure()
    assert book.run("build", "--preview")[0] == 0
    entry = (tmp_path / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    assert entry.count("Loss &lt; 0 &amp; more") == 2


def test_nothing_runs_twice_until_an_input_changes(tmp_path: Path) -> None:
    book = Book(tmp_path)
    assert "[1/1]" in book.run("execute")[1]
    assert "1 of 1 notebooks are in the cache" in book.run("execute")[1]
    book.write("utils/one.py", "value = 2\n")
    assert "[1/1]" in book.run("execute")[1]


def test_failing_cell_is_named_each_time(tmp_path: Path) -> None:
    book = Book(tmp_path, more=FAULTY)
    for _ in range(2):
        status, said = book.run("execute")
        assert status == 1
        assert "part/lesson.md:19: code cell 2: ZeroDivisionError" in said
        assert "return number / 0" in said
        status, said = book.run("build")
        assert status == 1
        assert "not executed yet: part/lesson.md" in said


def test_warning_fails_each_time(tmp_path: Path) -> None:
    book = Book(tmp_path, more="See {ref}`nowhere`.")
    assert book.run("execute")[0] == 0
    for _ in range(2):
        status, said = book.run("build")
        assert status == 1
        assert "lesson.md:19" in said
        assert "nowhere" in said


def test_faulty_formula_is_a_warning(tmp_path: Path) -> None:
    book = Book(tmp_path, more=r"A fault: $\frac{1}$.")
    assert book.run("execute")[0] == 0
    status, said = book.run("build")
    assert status == 1
    assert "lesson.md:19" in said
    assert "KaTeX parse error" in said


def test_words_on_the_error_stream_are_a_warning(tmp_path: Path) -> None:
    more = "```{code-cell} ipython3\nimport warnings\nwarnings.warn('odd')\n```"
    book = Book(tmp_path, more=more)
    assert book.run("execute")[0] == 0
    status, said = book.run("build")
    assert status == 1
    assert "stderr was found in the cell outputs of cell 3" in said


def test_preview_runs_nothing(tmp_path: Path) -> None:
    book = Book(tmp_path, more=FAULTY)
    status, said = book.run("build", "--preview")
    assert status == 0, said
    assert "halve" in book.page
    assert "total 4" not in book.page


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("styles/course.css", "", "h1 { top: 17.5px }\n", "17.5px"),
        ("__init__.py", "    if source", EDIT, "The edited sum"),
    ],
    ids=["style", "code"],
)
def test_preview_follows_edits_of_an_extension(
    tmp_path: Path, file: str, old: str, new: str, shown: str
) -> None:
    book = Book(tmp_path / "book")
    book.tools = tmp_path / "course"
    shutil.copytree(ROOT / "_ext", book.tools / "_ext")
    (book.tools / "tools").symlink_to(ROOT / "tools")
    assert book.run("build", "--preview")[0] == 0
    assert shown not in book.page
    edited = book.tools / "_ext" / "theme" / file
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace(old, new + old, 1), encoding="utf-8")
    assert book.run("build", "--preview")[0] == 0
    assert shown in book.page


def test_slow_notebook_is_stopped(tmp_path: Path) -> None:
    more = "```{code-cell} ipython3\nimport time\ntime.sleep(60)\n```"
    book = Book(tmp_path, more=more)
    book.configure(timeout=3)
    status, said = book.run("execute")
    assert status == 1
    assert "part/lesson.md:19: code cell 2: stopped" in said


def test_dead_and_missing_kernels_stop_no_other_page(tmp_path: Path) -> None:
    dies = (
        "```{code-cell} ipython3\nimport os, sys\n"
        "print('last words', file=sys.__stderr__, flush=True)\nos._exit(1)\n```"
    )
    book = Book(tmp_path, more=dies)
    good = NOTEBOOK.format(more="").replace("(ch-lesson)=\n", "")
    book.write("part/good.md", good)
    book.write("part/strange.md", good.replace("python3, display", "nobody, display"))
    book.write("_toc.yml", TOC.replace("]", ", file: part/strange, file: part/good]"))
    status, said = book.run("execute")
    assert status == 1
    assert "Traceback" not in said
    assert "lesson.md:19: code cell 2: the kernel died" in said
    assert "last words" in said
    assert "\npart/strange.md: the kernel did not start: No such kernel" in said
    assert re.search(r"part/good\.md .* ok\n", said)


@pytest.mark.parametrize(
    ("cpu_seconds", "mib", "message"),
    [
        (60, 2048, None),
        (60.6, 9, "a.md: 61 CPU seconds, at most 60: "),
        (9, 2049, "a.md: 2049 MiB, at most 2048: "),
    ],
)
def test_costly_run_is_a_fault(
    cpu_seconds: float, mib: int, message: str | None
) -> None:
    run = Run(Path("a.md"), 1, cpu_seconds, mib, notebook=None, failure=None)
    found = execute.excess(run)
    assert found is None if message is None else found.startswith(message)


def test_costly_notebook_fails_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Book(tmp_path)
    monkeypatch.setattr(execute, "MOST_MIB", 1)
    for _ in range(2):
        assert execute.main(["--root", str(tmp_path)]) == 1
        said = capfd.readouterr()
        assert "FAILED" in said.out
        assert "part/lesson.md: " in said.err
        assert "MiB, at most 1: " in said.err


def test_notebooks_that_cost_too_much_together_fail_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each may be cheap enough: the sum counts, of those in the cache too."""
    book = Book(tmp_path)
    book.write("part/other.md", NOTEBOOK.format(more="Other.").replace("2 + 2", "5"))
    book.write("_toc.yml", TOC.replace("]", ", file: part/other]"))
    monkeypatch.setattr(execute, "MOST_CPU_SECONDS_TOGETHER", 0)
    for ran in ("[2/2]", "2 of 2 notebooks are in the cache"):
        assert execute.main(["--root", str(tmp_path)]) == 1
        said = capfd.readouterr()
        assert ran in said.out
        assert "FAILED" not in said.out
        assert "all notebooks together: " in said.err
        assert "CPU seconds, at most 0: make the dearest cheaper: part/" in said.err
    monkeypatch.undo()
    assert execute.main(["--root", str(tmp_path)]) == 0


def test_one_chapter_alone(tmp_path: Path) -> None:
    book = Book(tmp_path)
    status, said = book.run("execute", "--only", "lessen")
    assert status == 1
    assert "no page of _toc.yml has the slug 'lessen'" in said
    assert book.run("execute", "--only", "lesson")[0] == 0


DRAWS = """```{code-cell} ipython3
import matplotlib.pyplot as plt
plt.plot([1, 2]);
```"""
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAA"
    "SUVORK5CYII="
)
RANDOM = "```{code-cell} ipython3\nimport random\nrandom.random()\n```"
MARK = "```{{code-cell}} ipython3\n{}\nimport random\nrandom.random()\n```"
OPT_OUTS = (
    "# NBVAL_SKIP",
    "# NBVAL_IGNORE_OUTPUT",
    ":tags: [nbval-skip]",
    ":tags: [nbval-ignore-output]",
    ":tags: [skip-execution]",
)


@pytest.mark.parametrize(
    ("more", "status", "message"),
    [
        (DRAWS, 0, "2 of 2 cells of 1 notebooks agree"),
        (RANDOM, 1, "1 of 2 cells of 1 notebooks agree"),
    ],
    ids=["agrees", "random"],
)
def test_second_run_is_compared(
    tmp_path: Path, more: str, status: int, message: str
) -> None:
    book = Book(tmp_path, more=more)
    assert book.run("execute")[0] == 0
    found, said = book.run("compare")
    assert message in said
    assert found == status


@pytest.mark.parametrize("mark", OPT_OUTS)
def test_no_cell_opts_out_of_the_comparison(tmp_path: Path, mark: str) -> None:
    book = Book(tmp_path, more=MARK.format(mark))
    assert book.run("execute")[0] == 0
    status, said = book.run("compare")
    assert status == 1
    assert "1 of 2 cells of 1 notebooks agree" in said
    assert "Cell 1: The cell opts out of being run or compared" in said


def test_missing_picture_is_noticed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    more = f"""```{{code-cell}} ipython3
from pathlib import Path
from IPython.display import display
content = {{"text/plain": "a picture"}}
if not Path({str(mark)!r}).exists():
    content["image/png"] = {PIXEL!r}
display(content, raw=True)
```"""
    book = Book(tmp_path, more=more)
    assert book.run("execute")[0] == 0
    assert book.run("compare")[0] == 0
    mark.touch()
    status, said = book.run("compare")
    assert status == 1
    assert "Missing output fields from running code: {'image/png'}" in said
