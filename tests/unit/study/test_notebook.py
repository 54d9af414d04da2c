"""What a notebook shows: the page's markup in one piece, formulas as MathML."""

from __future__ import annotations

import importlib.resources
import json
import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Frame, Locator, Page

from _ext.study.generate import javascript, names
from _ext.study.source import Study, read
from tools.study import mathml
from tools.study.render import chapter, render
from utils import study


@pytest.fixture
def prepared(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's rendered data, where `utils.study` looks for it."""
    render(project)
    monkeypatch.setattr(study, "files", lambda name: project / "utils" / "study")
    return project / "utils" / "study" / "rendered"


def test_files_that_are_written(prepared: Path) -> None:
    """One file a chapter, and the assets once."""
    names = sorted(path.name for path in prepared.iterdir())
    assert names == ["cards.js", "demo.json", "quiz.js", "study.css"]
    data = json.loads((prepared / "demo.json").read_text("utf-8"))
    assert list(data) == ["slug", "decks", "quiz", "generators"]
    assert list(data["decks"]) == ["demo-cards", "demo-more"]


def test_only_what_changed_is_written_and_never_by_halves(
    prepared: Path, project: Path
) -> None:
    """Another process may read the files while they are made."""
    (prepared / "study.css").write_text("old", "utf-8")
    (prepared / "gone.json").write_text("{}", "utf-8")
    before = {file: file.stat().st_ino for file in prepared.iterdir()}
    held = (prepared / "study.css").open(encoding="utf-8")
    render(project)
    assert held.read() == "old"
    after = {file: file.stat().st_ino for file in prepared.iterdir()}
    assert {file.name for file in before.keys() - after.keys()} == {"gone.json"}
    changed = {file.name for file in after if after[file] != before[file]}
    assert changed == {"study.css"}


def test_same_data_same_bytes(project: Path) -> None:
    """Rendering twice gives the same, so that outputs can be compared."""
    first = {path.name: path.read_bytes() for path in render(project)}
    assert first == {path.name: path.read_bytes() for path in render(project)}


def test_cards_of_a_section(prepared: Path) -> None:
    """Only those of the section, and all without one."""
    part = study.cards("demo", section="demo-more")._repr_html_()
    assert re.findall(r'<details class="study-card" id="([^"]+)"', part) == [
        "demo-accumulate",
        "demo-fan-out",
        "demo-memory",
        "demo-check",
    ]
    assert study.cards("demo")._repr_html_().count("<details") == 8
    assert repr(study.cards("demo", section="demo-more")) == "Cards: demo-more"


def test_quiz(prepared: Path) -> None:
    """All questions, style and script once."""
    html = study.quiz("demo")._repr_html_()
    assert html.count("<form") == 7
    assert html.count("<style>") == html.count("<script>") == 1
    assert "conv_output_size_padded_once:(" in html
    assert repr(study.quiz("demo")) == "Quiz: demo"


def test_unknown_section(prepared: Path) -> None:
    """The message names those that there are."""
    with pytest.raises(ValueError, match="demo has demo-cards, demo-more"):
        study.cards("demo", section="demo-less")


def test_data_are_missing(prepared: Path) -> None:
    """One line with the chapters that there are; without any, with the command."""
    here = r"^no cards and quiz of 'x' here: choose one of demo$"
    with pytest.raises(FileNotFoundError, match=here):
        study.quiz("x")
    shutil.rmtree(prepared)
    with pytest.raises(FileNotFoundError, match=r"run `python -m tools.study render`$"):
        study.quiz("demo")


def test_data_are_looked_for_in_the_package() -> None:
    """Beside the module, wherever it is installed."""
    folder = importlib.resources.files("utils.study")
    assert folder.joinpath("generators.py").is_file()


def test_formula_that_is_wrong(project: Path) -> None:
    """It is named, and nothing is written."""
    file = project / "study" / "part" / "demo.yml"
    file.write_text(file.read_text("utf-8").replace(r"\frac", r"\fracture", 1), "utf-8")
    with pytest.raises(ValueError, match=r"formula .*fracture"):
        render(project)
    assert not (project / "utils").exists()


def test_references_become_text(project: Path) -> None:
    """A notebook has no other pages to link to."""
    file = project / "study" / "part" / "demo.yml"
    new = (
        "why: A {term}`kernel <kernels>`, {ref}`the rule (new) <demo-more>`,"
        " {term}`loss`, {kbd}`Tab` and {abbr}`MLP (multi-layer perceptron)`."
    )
    old = "why: It needs nothing but the function."
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    html = chapter(read(file))["decks"]["demo-more"]
    expected = "A kernel, the rule (new), loss, Tab and MLP."
    assert expected in re.sub(r"</?(span|kbd)[^>]*>", "", html)
    assert '<kbd class="kbd">Tab</kbd>' in html


def test_every_formula_is_mathml(demo: Study) -> None:
    """No TeX is left, and none stands beside its formula."""
    data = chapter(demo)
    html = "".join(data["decks"].values()) + data["quiz"]
    assert html.count("<math ") == html.count("</math>") > 15
    assert not re.search(r"\\[a-z]+|annotation|mathvariant=\"bold", html)


TEX = {
    r"\mathbf{W}": "<mi>\N{MATHEMATICAL BOLD CAPITAL W}</mi>",
    r"\mathbf{x}": "<mi>\N{MATHEMATICAL BOLD SMALL X}</mi>",
    r"\boldsymbol{\theta}": "<mi>\N{MATHEMATICAL BOLD ITALIC SMALL THETA}</mi>",
    r"\boldsymbol{W}": "<mi>\N{MATHEMATICAL BOLD ITALIC CAPITAL W}</mi>",
    r"\mathsf{X}": "<mi>\N{MATHEMATICAL SANS-SERIF CAPITAL X}</mi>",
    r"\mathbb{R}": "<mi>\N{DOUBLE-STRUCK CAPITAL R}</mi>",
    r"\mathcal{L}": "<mi>\N{SCRIPT CAPITAL L}</mi>",
    r"\mathfrak{C}": "<mi>\N{BLACK-LETTER CAPITAL C}</mi>",
    r"\mathbf{1}": "<mn>\N{MATHEMATICAL BOLD DIGIT ONE}</mn>",
    r"\mathrm{d}x": '<mi mathvariant="normal">d</mi><mi>x</mi>',
    r"\mathbf{X}^\top": "<msup><mi>\N{MATHEMATICAL BOLD CAPITAL X}</mi><mi ",
    r"a \odot b": "<mi>a</mi><mo>\N{CIRCLED DOT OPERATOR}</mo><mi>b</mi>",
}


def test_letters_have_their_style() -> None:
    """Bold, script and blackboard are letters of their own: browsers draw no others."""
    made = mathml.render((tex, False) for tex in TEX)
    for tex, expected in TEX.items():
        plain = re.sub(r' style="[^"]*"', "", made[tex, False])
        assert expected in plain, (tex, plain)


def test_operator_has_its_limit_below() -> None:
    """What latex2mathml gets wrong: the limit stands under the operator."""
    made = mathml.render([(r"\operatorname*{arg\,min}_x f", True)]).popitem()[1]
    assert "<munder>" in made and "arg\u2009min" in made.replace("\u00a0", "\u2009")


def test_aligned_keeps_its_columns() -> None:
    """Left sides end and right sides begin at the sign."""
    made = mathml.render([(r"\begin{aligned}a&=b\\c&=d\end{aligned}", True)])
    tree = ElementTree.fromstring(made.popitem()[1])
    cells = tree.findall(f".//{{{mathml.NAMESPACE}}}mtd")
    assert [cell.get("style") for cell in cells] == [
        "text-align: right",
        "text-align: left",
    ] * 2


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; no script may fail in it, and nothing may be asked for."""
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: problems.append(asked.url))
    yield page
    page.close()
    assert [one for one in problems if not one.startswith(("file:", "about:"))] == []


def show(page: Page, folder: Path, *outputs: str) -> None:
    """Put outputs into one page, as Jupyter does."""
    file = folder / "output.html"
    body = "".join(f"<div>{output}</div>" for output in outputs)
    file.write_text(f'<!doctype html><meta charset="utf-8">{body}', "utf-8")
    page.goto(file.as_uri())


def try_out(place: Page | Frame | Locator) -> None:
    """Rate a card and answer a question, with the keyboard."""
    place.locator("#demo-modes summary").first.press("Space")
    place.locator("#demo-modes summary").first.press("3")
    assert "Good" in place.locator("#demo-modes .study-last").first.inner_text()
    entry = place.locator("#demo-q-numeric input").first
    entry.fill("2.5")
    entry.press("Enter")
    said = place.locator("#demo-q-numeric .study-status").first
    assert said.inner_text() == "Right."


MEMORY = (
    "Answers given here are forgotten with this output: "
    "progress is kept only on the course's site."
)


def test_output_stands_alone(prepared: Path, page: Page, tmp_path: Path) -> None:
    """Several in one page, one of them twice: none disturbs another, all say once
    that nothing is kept, and nothing is."""
    cells = [study.cards("demo"), study.quiz("demo"), study.cards("demo", "demo-more")]
    show(page, tmp_path, *(cell._repr_html_() for cell in (*cells, cells[1])))
    try_out(page)
    assert page.evaluate("localStorage.length") == 0
    assert page.locator(".study-notice:visible").count() == 0
    assert page.locator("body").inner_text().count(MEMORY) == 4
    # each card has one row of buttons, though three outputs brought the script
    assert page.locator("#demo-modes .study-rate").count() == 1
    # the same question answered in one output is still open in the other
    numeric = page.locator("#demo-q-numeric")
    assert [one.get_attribute("data-state") for one in numeric.all()] == ["right", ""]
    numeric.nth(1).locator("input").fill("3")
    numeric.nth(1).locator("input").press("Enter")
    assert [one.get_attribute("data-state") for one in numeric.all()] == [
        "right",
        "wrong",
    ]


def test_output_that_is_run_again_knows_the_answers(
    prepared: Path, page: Page, tmp_path: Path
) -> None:
    """As long as the notebook is open."""
    output = study.cards("demo")._repr_html_()
    show(page, tmp_path, output)
    page.locator("#demo-modes summary").press("Space")
    page.locator("#demo-modes summary").press("2")
    page.evaluate(
        """(output) => {
          document.body.innerHTML = output;
          const script = document.createElement("script");
          script.textContent = document.querySelector("script").textContent;
          document.body.append(script);
        }""",
        output,
    )
    assert "Hard" in page.locator("#demo-modes .study-last").inner_text()


def test_questions_of_two_chapters(
    prepared: Path, project: Path, page: Page, tmp_path: Path
) -> None:
    """Each keeps the functions that draw its numbers."""
    data = json.loads((prepared / "demo.json").read_text("utf-8"))
    data["quiz"] = "<p>Nothing to draw.</p>"
    data["generators"] = javascript({"dense_parameters"} & set(names()))
    (prepared / "other.json").write_text(json.dumps(data), "utf-8")
    outputs = [study.quiz(name)._repr_html_() for name in ("demo", "other")]
    show(page, tmp_path, *outputs)
    form = page.locator("form[data-ranges]").first
    form.locator("input").fill("1")
    form.locator("input").press("Enter")
    assert form.locator(".study-status").inner_text()
    before = form.get_attribute("data-drawn")
    form.locator("[type=submit]").press("Enter")
    assert form.locator(".study-status").inner_text() == ""
    assert form.get_attribute("data-drawn") != before


def test_output_carries_only_what_it_needs(prepared: Path) -> None:
    """No scheduler, no storage; cards without the script of questions."""
    cards = study.cards("demo")._repr_html_()
    quiz = study.quiz("demo")._repr_html_()
    for output in (cards, quiz):
        assert not re.search("fsrs|stability|localStorage|dlbl:", output)
    assert "generators" not in cards and "readNumber" not in cards
    assert "Space" not in quiz.split("<script>")[1]


def test_frame_of_another_origin(prepared: Path, page: Page) -> None:
    """In the frame that Colab gives each output, without storage."""
    outputs = [study.cards("demo"), study.quiz("demo")]
    frames = "".join(
        f'<iframe sandbox="allow-scripts" width="900" height="2000"'
        f' srcdoc="{escape(output._repr_html_())}"></iframe>'
        for output in outputs
    )
    page.set_content(frames, wait_until="load")
    cards, quiz = page.frames[1:]
    assert cards.evaluate("self.origin") == "null"
    cards.locator("#demo-modes summary").press("Enter")
    cards.locator("#demo-modes summary").press("4")
    assert "Easy" in cards.locator("#demo-modes .study-last").inner_text()
    quiz.locator("#demo-q-numeric input").fill("2.5")
    quiz.locator("#demo-q-numeric input").press("Enter")
    assert quiz.locator("#demo-q-numeric .study-status").inner_text() == "Right."
    for frame in (cards, quiz):
        assert frame.get_by_text(MEMORY).is_visible()


@pytest.mark.parametrize("style", [True, False], ids=["with style", "without style"])
def test_scripts_stripped(
    prepared: Path, page: Page, tmp_path: Path, style: bool
) -> None:
    """Where a site shows the notebook but runs nothing, all can be opened and read."""
    parts = "script" if style else "script|style"
    outputs = [study.cards("demo"), study.quiz("demo")]
    stripped = [
        re.sub(rf"<({parts})>.*?</\1>", "", one._repr_html_(), flags=re.S)
        for one in outputs
    ]
    show(page, tmp_path, *stripped)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator(".study-back:visible").count() == 8
    assert page.locator(".study-reasons:visible").count() == 7
    assert page.locator("math:visible").count() > 15
    assert page.get_by_text(MEMORY).count() == 2
    assert page.locator("[hidden]").count() == 0


def test_notebook_in_jupyter(prepared: Path, page: Page, tmp_path: Path) -> None:
    """Run by a real kernel, exported by Jupyter, opened without a network."""
    start = (
        "from pathlib import Path\nfrom utils import study\n"
        f"study.files = lambda name: Path({str(prepared.parent)!r})"
    )
    calls = ['study.cards("demo")', 'study.quiz("demo")', '"the end"']
    notebook = new_notebook(cells=[new_code_cell(text) for text in (start, *calls)])
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    shown = [cell.outputs[0].data for cell in notebook.cells[1:3]]
    assert [one["text/plain"] for one in shown] == ["Cards: demo", "Quiz: demo"]
    html, _ = HTMLExporter().from_notebook_node(notebook)
    file = tmp_path / "notebook.html"
    file.write_text(re.sub(r'<script\s+src="https?:[^>]*>', "<script>", html), "utf-8")
    page.goto(file.as_uri())
    try_out(page)
    assert page.locator("body").inner_text().count(MEMORY) == 2
