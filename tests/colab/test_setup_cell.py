"""The setup cell: what it brings, what it leaves alone, how it says no."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.colab.conftest import Publication
from tests.colab.environment import OFFLINE, Place

NAME = "dl-line-by-line"
USES = "\nimport utils.device, utils.data; print(len(utils.data.digits()[1]))"


@pytest.fixture(scope="session")
def setup_cell(published: Publication) -> str:
    """The text of the setup cell, asking for no extras."""
    file = published.folder / "notebooks/foundations/backpropagation.ipynb"
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return with_extras("".join(cells[1]["source"]), [])


def with_extras(cell: str, extras: list[str]) -> str:
    """Return the setup `cell` as it is for a page with these `extras`."""
    head, _, tail = cell.rpartition("extras=")
    assert tail.endswith(",\n)")
    return f"{head}extras={extras},\n)"


def test_brings_the_helpers_and_nothing_else(
    setup_cell: str, new_place: Callable[[], Place]
) -> None:
    """The wheel is installed, silently, with its data; nothing else is touched."""
    place = new_place()
    assert place.installed() == {}
    run = place.run(setup_cell + USES)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")
    version = setup_cell.partition('version="')[2].partition('"')[0]
    assert "+h" in version
    assert place.installed() == {NAME: version}
    assert list(place.folder.iterdir()) == []


def test_runs_twice_elsewhere_and_offline(
    setup_cell: str, new_place: Callable[[], Place]
) -> None:
    """In the same process, in a new one, from another folder, and with no network."""
    place = new_place()
    run = place.run(f"{setup_cell}\n{setup_cell}{USES}")
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")
    before = place.installed()
    place.folder = place.folder.parent
    run = place.run(setup_cell + USES, OFFLINE)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")
    assert place.installed() == before


def test_a_mismatch_prints_the_one_command_that_mends_it(
    setup_cell: str, new_place: Callable[[], Place]
) -> None:
    """Helpers of another publication are named, left alone, and can be replaced."""
    place = new_place()
    place.run(setup_cell)
    (folder,) = place.packages.glob("dl_line_by_line-*.dist-info")
    wanted = place.installed()[NAME]
    metadata = folder / "METADATA"
    text = metadata.read_text(encoding="utf-8").replace(wanted, "0.0.9+hold")
    metadata.write_text(text, encoding="utf-8")

    run = place.run(setup_cell)
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert (
        lines[0]
        == f"This notebook needs {NAME} {wanted}, here is 0.0.9+hold. Run this:"
    )
    commands = [line for line in lines if line.startswith("%pip ")]
    assert len(commands) == 1
    assert place.installed() == {NAME: "0.0.9+hold"}

    place.pip(commands[0].removeprefix("%pip "))
    assert place.installed() == {NAME: wanted}
    run = place.run(setup_cell + USES)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")


def test_a_checkout_of_the_course_is_left_alone(
    setup_cell: str, new_place: Callable[[], Place]
) -> None:
    """The version of an installed checkout has no content in it, and is accepted."""
    place = new_place()
    place.run(setup_cell)
    (folder,) = place.packages.glob("dl_line_by_line-*.dist-info")
    metadata = folder / "METADATA"
    wanted = place.installed()[NAME]
    text = metadata.read_text(encoding="utf-8").replace(wanted, wanted.split("+")[0])
    metadata.write_text(text, encoding="utf-8")
    run = place.run(setup_cell + USES, OFFLINE)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")


def test_brings_the_extras_of_the_page(
    setup_cell: str, new_place: Callable[[], Place]
) -> None:
    """A missing extra is installed, one that is there is not asked for again."""
    place = new_place()
    cell = with_extras(setup_cell, ["toolz", "numpy"])
    run = place.run(f"{cell}\nimport toolz; print(toolz.last('ab'))")
    assert (run.returncode, run.stdout, run.stderr) == (0, "b\n", "")
    assert set(place.installed()) == {NAME, "toolz"}
    assert place.run(cell, OFFLINE).returncode == 0


def test_without_a_network_it_says_so_in_one_line(
    setup_cell: str, new_place: Callable[[], Place]
) -> None:
    """Neither helpers nor an extra can be had: the message names which."""
    place = new_place()
    run = place.run(setup_cell, OFFLINE)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert run.stderr.startswith("Cannot install http://127.0.0.1:")
    assert "is there a network?" in run.stderr

    place.run(setup_cell)
    run = place.run(with_extras(setup_cell, ["toolz"]), OFFLINE)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert run.stderr.startswith("Cannot install toolz; is there a network?")


@pytest.mark.parametrize("hider", ["utils.py", "utils/__init__.py"])
def test_a_folder_that_hides_the_helpers_is_named(
    setup_cell: str, new_place: Callable[[], Place], hider: str
) -> None:
    """A file called utils beside the notebook would be imported instead."""
    place = new_place()
    file: Path = place.folder / hider
    file.parent.mkdir(exist_ok=True)
    file.touch()
    run = place.run(setup_cell)
    assert run.returncode == 1
    assert run.stderr == (
        f"{file} hides the course's utils: run this notebook elsewhere\n"
    )
