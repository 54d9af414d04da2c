"""The source linter: a good course has no fault, and each planted one is found."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.sources.good import FILES
from tests.unit.sources.plants import CELL, PAGE, PLANTS, STUDY, Plant
from tools.sources.__main__ import GROUPS, ROOT, faults, main


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Write the good course and return its root."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def sow(root: Path, plant: Plant) -> None:
    """Plant one fault."""
    path = root / plant.file
    if plant.new is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if plant.old else ""
    assert plant.old in text
    new = text.replace(plant.old, plant.new) if plant.old else plant.new
    path.write_text(new, encoding="utf-8")


def line_of(text: str, part: str) -> int:
    """Return the number of the line on which `part` first begins."""
    return text[: text.index(part)].count("\n") + 1


def test_good_course_has_no_fault(course: Path, capsys: pytest.CaptureFixture) -> None:
    """What keeps every rule is left in peace."""
    assert faults(course) == []
    assert main(course) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: f"{p.rule}-{p.says[:20]}")
def test_planted_fault_is_found(course: Path, plant: Plant) -> None:
    """The fault is reported with its file, line and rule, and what is wrong."""
    sow(course, plant)
    where = plant.where or plant.file
    found = [f for f in faults(course) if (f.rule, f.file) == (plant.rule, where)]
    assert any(plant.says in f.text for f in found), faults(course)
    lines = {f.line for f in found if plant.says in f.text}
    text = (course / where).read_text(encoding="utf-8") if plant.at else ""
    assert (line_of(text, plant.at) if plant.at else 1) in lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - id: thing-c7\n    section: thing-line\n    source: euclid\n", ""),
        ("source: euclid", "source: gauss"),
        ("c7\n    section: thing-line", "c7\n    section: x"),
        ("q3\n    section: thing-line", "q3\n    section: x"),
        ("schema: 1", "schema: {"),
    ],
)
def test_faults_of_the_data_are_left_to_the_other_linter(
    course: Path, old: str, new: str
) -> None:
    """What `tools.study` says about cards and questions is not said twice."""
    sow(course, Plant("", STUDY, old, new, ""))
    assert {fault.rule for fault in faults(course)} <= {"S61"}
    assert [fault for fault in faults(course) if fault.file == STUDY] == []


def test_every_rule_has_a_plant_and_stands_in_the_style_guide() -> None:
    """Rules of the linter, planted faults and marked rules of STYLE.md are the same."""
    rules = {r.__doc__[:3] for group in GROUPS for r in group.RULES}
    style = (ROOT / "STYLE.md").read_text(encoding="utf-8")
    assert {plant.rule for plant in PLANTS} == rules
    held_by_the_study_linter = {"S60", "S62"}
    marked = set(re.findall(r"- \*\*(S\d\d)\*\* ⚙", style))
    assert marked == rules | held_by_the_study_linter
    numbers = re.findall(r"- \*\*(S\d\d)\*\*", style)
    assert numbers == sorted(set(numbers))


def test_faults_are_printed_with_file_line_and_rule(
    course: Path, capsys: pytest.CaptureFixture
) -> None:
    """The command fails and prints one line a fault, in order."""
    page = course / PAGE
    page.write_text(page.read_text().replace("It is two.", "It is just two."))
    line = line_of(page.read_text(), "just")
    assert main(course) == 1
    first = capsys.readouterr().out.splitlines()[0]
    text = "'just' is banned; leave it out or give the reason"
    assert first == f"{PAGE}:{line}: S21 {text}"


def test_broken_page_is_named(course: Path, capsys: pytest.CaptureFixture) -> None:
    """A page that can't be parsed is reported by file and line, without traceback."""
    page = course / PAGE
    page.write_text(page.read_text().replace("```{quiz}\n```", "```{quiz}"))
    line = line_of(page.read_text(), "```{quiz}")
    assert main(course) == 1
    assert capsys.readouterr().out.startswith(f"{PAGE}:{line}: this fence is never")


@pytest.mark.parametrize(
    "line",
    [
        "A rate, e.g. Adam's, or i.e. Mr. Smith's vs. Nesterov's, is set.",
        "It cites Rumelhart et al. Next comes nothing.",
        "See Fig. A and Eq. B of D. E. Rumelhart.",
        "The version is 2.13.0 and the file is `a.B`.",
        "The mean is $a. B$ or `x. Y`.",
        "It goes on... And on.",
        "**A bold start.** Then one sentence.",
        "*A claim in italics.* Then one sentence.",
        "It asks (why?) and goes on.",
    ],
)
def test_one_sentence_is_left_in_peace(course: Path, line: str) -> None:
    """Abbreviations, numbers, code, formulas and run-in headings end no sentence."""
    page = course / PAGE
    page.write_text(page.read_text().replace("It is two.", line, 1))
    assert [f for f in faults(course) if f.rule == "S20"] == []


@pytest.mark.parametrize("file", ["README.md", "chapters/index.md"])
def test_chapters_in_another_order_are_found(course: Path, file: str) -> None:
    """The README and the map list the chapters as the table of contents does."""
    part = "      - file: chapters/foundations/"
    sow(course, Plant("", "_toc.yml", f"{part}thing\n", f"{part}a\n{part}thing\n", ""))
    links = {
        "README.md": ["- [A thing](", "- [A](chapters/foundations/a.md)\n"],
        "chapters/index.md": ["- **{ref}`ch-thing`**", "- {ref}`ch-a`: What is a?\n"],
    }
    for name, (thing, other) in links.items():
        sow(course, Plant("", name, thing, other + thing, ""))
    assert not [f for f in faults(course) if "another order" in f.text]
    thing, other = links[file]
    sow(course, Plant("", file, other, "", ""))
    text = (course / file).read_text("utf-8")
    start = text.index("\n", text.index(thing)) + 1
    (course / file).write_text(text[:start] + other + text[start:], "utf-8")
    found = [f for f in faults(course) if "another order" in f.text]
    assert [(f.file, f.rule) for f in found] == [(file, "S04")]


@pytest.mark.parametrize(
    "cell",
    [
        "torch.manual_seed(0)\ntorch.rand(2)",
        "torch.rand(2, generator=g)",
        "rng = np.random.default_rng(0)\nrng.random(2)",
        "random.Random(0).random()",
        "model.eval()",
    ],
)
def test_honest_cell_is_left_in_peace(course: Path, cell: str) -> None:
    """What is seeded, or only named like something banned, is no fault."""
    sow(course, Plant("", PAGE, CELL, cell, ""))
    assert faults(course) == []


def test_course_has_no_fault() -> None:
    """`python -m tools.sources` has nothing to say about the course itself."""
    run = subprocess.run(
        [sys.executable, "-m", "tools.sources"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_template_breaks_no_rule_but_those_of_size(course: Path) -> None:
    """A chapter that starts from the template has only to grow."""
    template = (ROOT / "chapters/_template.md").read_text(encoding="utf-8")
    (course / PAGE).write_text(template.replace("slug", "thing"), encoding="utf-8")
    assert {fault.rule for fault in faults(course)} == {"S12", "S13"}
