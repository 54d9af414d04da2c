"""The setup cell: what it brings, what it leaves alone, how it says no."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tests.colab.conftest import Publication
from tests.colab.environment import ALONE, Place
from tools.notebooks.book import build_helpers
from tools.notebooks.setup_cell import Helpers, setup_cell

NAME = "dl-line-by-line"
USES = "\nimport utils.device, utils.data; print(len(utils.data.digits()[1]))"


@pytest.fixture(scope="session")
def helpers(publication: Publication) -> Helpers:
    """The wheel of the helpers, served beside no notebook."""
    wheel = build_helpers()
    folder = publication.folder / "alone"
    folder.mkdir()
    shutil.copy(wheel.file, folder)
    return Helpers(wheel.name, wheel.version, f"{publication.url}/alone/{wheel.quoted}")


@pytest.fixture(scope="session")
def cell(helpers: Helpers) -> str:
    """The setup cell of a page without extras."""
    return setup_cell(helpers, [])


def test_brings_the_helpers_and_nothing_else(
    cell: str, helpers: Helpers, new_place: Callable[[], Place]
) -> None:
    """The wheel is installed, silently, with its data; nothing else is touched."""
    place = new_place()
    assert place.installed() == {}
    run = place.run(cell + USES)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")
    assert place.installed() == {NAME: helpers.version}
    assert list(place.folder.iterdir()) == []


def test_runs_twice_elsewhere_and_offline(
    cell: str, new_place: Callable[[], Place]
) -> None:
    """In the same process, in a new one, from another folder, and with no network."""
    place = new_place()
    run = place.run(f"{cell}\n{cell}{USES}")
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")
    before = place.installed()
    place.folder = place.folder.parent
    run = place.run(cell + USES, offline=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")
    assert place.installed() == before


def test_a_mismatch_prints_the_one_command_that_mends_it(
    cell: str, new_place: Callable[[], Place]
) -> None:
    """Helpers of another publication are named, left alone, and can be replaced."""
    place = new_place()
    place.run(cell)
    (folder,) = place.packages.glob("dl_line_by_line-*.dist-info")
    wanted = place.installed()[NAME]
    metadata = folder / "METADATA"
    text = metadata.read_text(encoding="utf-8").replace(wanted, "0.0.9+hold")
    metadata.write_text(text, encoding="utf-8")

    run = place.run(cell)
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
    run = place.run(cell + USES)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")


def test_a_checkout_of_the_course_is_left_alone(
    cell: str, new_place: Callable[[], Place]
) -> None:
    """The version of an installed checkout has no content in it, and is accepted."""
    place = new_place()
    place.run(cell)
    (folder,) = place.packages.glob("dl_line_by_line-*.dist-info")
    metadata = folder / "METADATA"
    wanted = place.installed()[NAME]
    text = metadata.read_text(encoding="utf-8").replace(wanted, wanted.split("+")[0])
    metadata.write_text(text, encoding="utf-8")
    run = place.run(cell + USES, offline=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1797\n", "")


def test_brings_the_extras_of_the_page(
    helpers: Helpers, new_place: Callable[[], Place]
) -> None:
    """A missing extra is installed, one that is there is not asked for again."""
    place = new_place()
    cell = setup_cell(helpers, ["toolz", "numpy"])
    run = place.run(f"{cell}\nimport toolz; print(toolz.last('ab'))")
    assert (run.returncode, run.stdout, run.stderr) == (0, "b\n", "")
    assert set(place.installed()) == {NAME, "toolz"}
    assert place.run(cell, offline=True).returncode == 0


def test_without_a_network_it_says_so_in_one_line(
    cell: str, helpers: Helpers, new_place: Callable[[], Place]
) -> None:
    """Neither helpers nor an extra can be had: the message names which."""
    place = new_place()
    run = place.run(cell, offline=True)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert run.stderr.startswith("Cannot install http://127.0.0.1:")
    assert "is there a network?" in run.stderr

    place.run(cell)
    run = place.run(setup_cell(helpers, ["toolz"]), offline=True)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert run.stderr.startswith("Cannot install toolz; is there a network?")


def test_offline_is_what_it_says(
    publication: Publication, new_place: Callable[[], Place]
) -> None:
    """No host is reached by address, and, where the system allows, none at all.

    That holds of a program and of a notebook's kernel.
    """
    place = new_place()
    by_address = f"from urllib.request import urlopen; urlopen({publication.url!r})"
    assert place.run(by_address).returncode == 0
    assert "URLError" in place.run(by_address, offline=True).stderr
    port = publication.server.server_address[1]
    direct = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {port})))"
    cell = nbformat.v4.new_code_cell(direct)
    notebook = place.folder.parent / "direct.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), notebook)
    for offline in (False, True):
        said = place.run(direct, offline=offline).stdout
        cut = offline and bool(ALONE)
        assert said == f"{errno.ENETUNREACH if cut else 0}\n"
        (ran,) = place.execute(notebook, offline=offline).cells
        assert ran.outputs[0].text == said


@pytest.mark.parametrize("hider", ["utils.py", "utils/__init__.py"])
def test_a_folder_that_hides_the_helpers_is_named(
    cell: str, new_place: Callable[[], Place], hider: str
) -> None:
    """A file called utils beside the notebook would be imported instead."""
    place = new_place()
    file: Path = place.folder / hider
    file.parent.mkdir(exist_ok=True)
    file.touch()
    run = place.run(cell)
    assert run.returncode == 1
    assert run.stderr == (
        f"{file} hides the course's utils: run this notebook elsewhere\n"
    )
