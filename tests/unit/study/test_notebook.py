"""What a notebook shows: the page's markup in one piece, formulas as MathML."""

from __future__ import annotations

import importlib.resources
import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

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
    assert names == ["demo.json", "study.css", "study.js"]
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


def test_output_stands_alone(prepared: Path, browser: Browser, tmp_path: Path) -> None:
    """In a frame of its own, twice, without storage and without a request."""
    cells = [study.cards("demo"), study.quiz("demo"), study.cards("demo", "demo-more")]
    body = "".join(f"<div>{cell._repr_html_()}</div>" for cell in cells)
    file = tmp_path / "output.html"
    file.write_text(f'<!doctype html><meta charset="utf-8">{body}', "utf-8")
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: problems.append(asked.url))
    page.goto(file.as_uri())
    assert problems == [file.as_uri()]
    page.focus("#demo-modes summary")
    page.keyboard.press("Space")
    page.keyboard.press("3")
    assert "Good" in page.locator("#demo-modes .study-last").inner_text()
    page.focus("#demo-q-numeric input")
    page.keyboard.type("2.5")
    page.keyboard.press("Enter")
    assert page.locator("#demo-q-numeric .study-status").inner_text() == "Right."
    assert page.evaluate("localStorage.length") == 0
    assert page.locator(".study-notice:visible").count() == 0
    assert "progress is kept only on the course's site" in page.inner_text("body")
    # each card has one row of buttons, though three outputs brought the script
    assert page.locator("#demo-modes .study-rate").count() == 1
    page.close()
