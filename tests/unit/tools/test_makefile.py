"""What the commands of the Makefile do first."""

import subprocess

import pytest

from tools.pages import ROOT


def plan(target: str) -> str:
    """Return the commands of a target, which are not run."""
    command = ["make", "--dry-run", "--always-make", target]
    return subprocess.check_output(command, cwd=ROOT, text=True)


@pytest.mark.parametrize(
    ("target", "then"),
    [
        ("unit", "tests/unit"),
        ("browser", "tests/site"),
        ("exports", "tests/decks"),
        ("bench", "-m benchmarks"),
    ],
)
def test_browser_is_there_before_it_is_used(target, then):
    said = plan(target)
    assert "-m tools.browser" in said.split(then)[0]


@pytest.mark.parametrize(
    ("target", "then"), [("unit", "tests/unit"), ("browser", "tests/site")]
)
def test_programs_are_there_before_they_are_tried(target, then):
    assert "-m tools.programs" in plan(target).split(then)[0]


def test_what_is_not_run_is_named():
    assert "-rs --no-fold-skipped" in plan("unit")


@pytest.mark.parametrize("target", ["execute", "nbval", "chapter"])
def test_notebooks_run_without_a_network(target):
    tool = "tools.compare" if target == "nbval" else "tools.execute"
    assert f"-m tools.offline {tool}" in plan(target)


def test_all_tests_want_no_more_than_a_virtual_environment():
    said = plan("test")
    assert said.index(".ci/environment") < said.index("-m tools.browser")
    assert said.index("-m tools.browser") < said.index("tests/unit")
