"""The linter finds every planted fault, and says where it is and what to do."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from itertools import permutations
from pathlib import Path
from types import FunctionType

import pytest
import yaml

from tools.study import chapters, content, markup, wording
from tools.study import lint as linter
from tools.study.lint import lint

ROOT = Path(__file__).parents[3]
RULES = (chapters, content, markup, wording, linter)
FILE = Path("study", "part", "demo.yml")
CHAPTER = Path("chapters", "part", "demo.md")


def edit(project: Path, old: str, new: str, file: Path = FILE) -> None:
    """Plant a fault: the old text must be there, once or more; the first is changed."""
    text = (project / file).read_text("utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new, 1), "utf-8")


def faults(project: Path) -> list[str]:
    """What the linter prints."""
    return [str(problem) for problem in lint(project)]


def test_demo_has_every_kind_and_no_fault(project: Path) -> None:
    """The file that the faults are planted in is itself right."""
    assert faults(project) == []
    data = yaml.safe_load((project / FILE).read_text("utf-8"))
    kinds = {card["kind"] for card in data["cards"]}
    assert kinds == {"basic", "cloze", "compare", "formula", "code"}
    kinds = {question["kind"] for question in data["quiz"]}
    assert kinds == {"single", "multi", "numeric", "order", "cloze", "code"}
    assert any("generate" in question for question in data["quiz"])


BROKEN = yaml.safe_load((Path(__file__).parent / "faults.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_broken_form(project: Path, name: str) -> None:
    """Each fault is named with file and line, item, field, and what to do."""
    fault = BROKEN[name]
    edit(project, fault["change"], fault["to"])
    found = faults(project)
    start = re.compile(rf"study/part/demo\.yml:\d+: {re.escape(fault['where'])}")
    assert any(start.match(one) and fault["says"] in one for one in found), found


def test_fault_names_the_line(project: Path) -> None:
    """The line is that of the field."""
    edit(project, "topic: tools", "topic: tool")
    lines = (project / FILE).read_text("utf-8").splitlines()
    line = lines.index("    topic: tool") + 1
    assert faults(project)[0].startswith(f"study/part/demo.yml:{line}: ")


def announced(text: str) -> dict[int, list[str]]:
    """What the lines of the planted file say that the linter says of them."""
    lines = enumerate(text.splitlines(), start=1)
    marked = {number: line.split(" # ! ")[1:] for number, line in lines}
    return {number: faults for number, faults in marked.items() if faults}


@pytest.fixture
def planted(project: Path) -> Path:
    """The small project with a fault on nearly every line."""
    shutil.copy(Path(__file__).parent / "planted.yml", project / FILE)
    return project


def test_every_planted_fault_is_found_and_nothing_else(planted: Path) -> None:
    """Each line's faults, and no more, though they all stand in one file."""
    expected = announced((planted / FILE).read_text("utf-8"))
    found = defaultdict(list)
    for problem in lint(planted):
        found[problem.line].append(problem.message)
    assert sorted(found) == sorted(expected)
    for line, messages in found.items():
        fits = [
            all(said in message for said, message in zip(order, messages, strict=True))
            for order in permutations(expected[line])
            if len(order) == len(messages)
        ]
        assert any(fits), (line, expected[line], messages)


class Noting(ast.NodeTransformer):
    """Makes each `yield x` of a file `yield (note(line), x)[1]`."""

    def __init__(self) -> None:
        self.lines: list[int] = []

    def visit_Yield(self, node: ast.Yield) -> ast.Yield:
        self.lines.append(node.lineno)
        noted = ast.parse(f"(note({node.lineno}), None)[1]", mode="eval").body
        assert isinstance(noted, ast.Subscript) and isinstance(noted.value, ast.Tuple)
        noted.value.elts[1] = node.value or ast.Constant(None)
        return ast.Yield(noted)


def test_every_rule_has_its_planted_fault(
    planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line of the linter that yields something is reached."""
    rules, reached = set(), set()
    for module in RULES:
        file = Path(module.__file__)
        noting = Noting()
        tree = noting.visit(ast.parse(file.read_text("utf-8")))
        rules |= {(file.name, line) for line in noting.lines}
        inside = dict(vars(module))
        inside["note"] = lambda line, name=file.name: reached.add((name, line))
        exec(compile(ast.fix_missing_locations(tree), file, "exec"), inside)
        for name, value in inside.items():
            if isinstance(value, FunctionType) and value.__globals__ is inside:
                monkeypatch.setattr(module, name, value)
    assert linter.lint(planted)
    assert sorted(rules - reached) == []
    assert len(rules) > 50


def test_ids_are_unique_over_all_files(project: Path) -> None:
    """An id of another chapter is taken, and so is one that it has retired."""
    (project / "study" / "part" / "demo-two.yml").write_text(
        (project / FILE).read_text("utf-8"), "utf-8"
    )
    found = faults(project)
    assert any("is taken by study/part/demo" in fault for fault in found)


@pytest.mark.parametrize(("kind", "few"), [("cards", 1), ("quiz", 2)])
def test_counts(project: Path, kind: str, few: int) -> None:
    """8 to 15 cards and 6 to 10 questions."""
    data = yaml.safe_load((project / FILE).read_text("utf-8"))
    bounds = {"cards": "8 to 15", "quiz": "6 to 10"}[kind]
    many = [{**data[kind][i % 4], "id": f"demo-{i}"} for i in range(16)]
    for items in (data[kind][few:], many):
        (project / FILE).write_text(yaml.safe_dump({**data, kind: items}), "utf-8")
        message = f"the file: {kind}: holds {len(items)}: must be {bounds}"
        assert any(message in fault for fault in faults(project))


def test_faults_of_the_page_are_left_to_the_other_linter(project: Path) -> None:
    """A chapter that is missing, or broken, or hides its cards is no fault here."""
    edit(project, "```{cards} demo-more\n```", "", CHAPTER)
    assert faults(project) == []
    edit(project, "```{quiz}\n```", "```{quiz}", CHAPTER)
    assert faults(project) == []
    (project / CHAPTER).unlink()
    assert faults(project) == []


def test_label_in_code_is_none(project: Path) -> None:
    """What stands in a code block is no label."""
    edit(project, "(demo-more)=\n", "```text\n(demo-more)=\n```\n", CHAPTER)
    assert any("has no label (demo-more)=" in fault for fault in faults(project))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"- a",
        b"\xff\xfe",
        b"schema: 1",
        b"{",
        b"\t",
        b"a: &b [*b]",
        b"x: 2026-02-31",
    ],
)
def test_any_file_gets_a_message(project: Path, content: bytes) -> None:
    """Whatever is in the file, the linter says something and does not fail itself."""
    (project / FILE).write_bytes(content)
    assert faults(project)[0].startswith("study/part/demo.yml:")


@pytest.mark.parametrize(
    "value", [None, "text", 3, [], [None], [3], ["x"], [[]], [{}], {}, {"a": 1}]
)
@pytest.mark.parametrize("name", ["schema", "cards", "quiz", "retired"])
def test_any_value_gets_a_message(project: Path, name: str, value: object) -> None:
    """A wrong value in any place is a message, not a traceback."""
    data = yaml.safe_load((project / FILE).read_text("utf-8"))
    (project / FILE).write_text(yaml.safe_dump({**data, name: value}), "utf-8")
    allowed = name == "retired" and value in ([], ["x"])
    assert bool(faults(project)) != allowed


def test_command(project: Path) -> None:
    """Exit status 1 and one line a fault; 0 and silence otherwise."""
    command = [sys.executable, "-m", "tools.study", "--root", str(project)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    edit(project, "kind: basic", "kind: basics")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert re.fullmatch(
        r"study/part/demo\.yml:4: demo-gradient-shape: .*\n", done.stderr
    )


def test_course_has_no_fault() -> None:
    """The study data of the course itself."""
    assert faults(ROOT) == []
