"""What is installed, and what is said, on machines that lack something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.pages import ROOT

DIRNAME = shutil.which("dirname")


class Machine:
    """A machine whose commands are those that are given, as shell scripts."""

    def __init__(self, folder: Path, **commands: str) -> None:
        self.folder = folder
        self.log = folder.with_suffix(".log")
        folder.mkdir()
        (folder / "dirname").symlink_to(DIRNAME)
        for name, script in commands.items():
            file = folder / name.replace("_", "-")
            note = f'echo "{file.name} $*" >>"{self.log}"'
            file.write_text(f"#!/bin/sh\n{note}\n{script}\n")
            file.chmod(0o755)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a script of `.ci` where there is nothing else."""
        environment = {k: v for k, v in os.environ.items() if k != "PYTHON"}
        return subprocess.run(
            [str(ROOT / ".ci" / command[0]), *command[1:]],
            cwd=ROOT,
            env=environment | {"PATH": str(self.folder)},
            capture_output=True,
            text=True,
        )

    @property
    def called(self) -> list[str]:
        """The commands that were called, with what they were given."""
        return self.log.read_text().splitlines() if self.log.exists() else []


OLD = 'case "$*" in *version_info*) exit 1;; --version) echo Python 3.9.1;; esac'
NO_VENV = 'case "$*" in *ensurepip*) exit 1;; esac'


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        ({}, "Python is missing: install Python 3.11"),
        ({"python3": OLD}, "Python 3.9.1 does not fit: install Python 3.11"),
        ({"python3": NO_VENV}, "Python's venv is missing: sudo apt-get install"),
    ],
    ids=["no Python", "old Python", "no venv"],
)
def test_environment_that_cannot_be_made(tmp_path, commands, said):
    machine = Machine(tmp_path / "bin", **commands)
    done = machine.run("environment", "python3", str(tmp_path / "venv"))
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == 1


def test_environment_is_made_from_the_requirements(tmp_path):
    folder = tmp_path / "venv"
    copy = f'case "$*" in "-m venv "*) {shutil.which("mkdir")} -p "{folder}/bin"; '
    copy += f'{shutil.which("cp")} "$0" "{folder}/bin/python";; esac'
    machine = Machine(tmp_path / "bin", python3=copy)
    done = machine.run("environment", "python3", str(folder))
    assert done.returncode == 0, done.stderr
    assert machine.called[-1].endswith("pip-version-check -r requirements.txt")


@pytest.mark.parametrize(
    ("lacking", "installed"),
    [
        ("nothing", None),
        ("make", "make"),
        ("venv", "python3 python3-venv"),
        ("both", "python3 python3-venv make"),
    ],
)
def test_root_installs_what_the_system_lacks(tmp_path, lacking, installed):
    folder = tmp_path / "bin"
    mark = tmp_path / "installed"
    make = f"""#!/bin/sh
echo "make $*" >>"{tmp_path / "bin.log"}"
"""
    (tmp_path / "make").write_text(make)
    (tmp_path / "make").chmod(0o755)
    copy = f'{shutil.which("cp")} "{tmp_path / "make"}" "{folder / "make"}"'
    commands = {
        "id": "echo 0",
        "apt_get": f'echo >"{mark}"; {copy}',
        "python3": f'[ -e "{mark}" ] || exit 1' if lacking in ("venv", "both") else "",
    }
    if lacking in ("nothing", "venv"):
        commands["make"] = ""
    machine = Machine(folder, **commands)
    done = machine.run("run")
    assert done.returncode == 0, done.stderr
    asked = [call for call in machine.called if "apt-get install" in call]
    assert asked == ([f"apt-get install -y -qq {installed}"] if installed else [])
    assert machine.called[-1] == "make PYTHON=python3 test"


def test_user_is_told_what_the_system_lacks(tmp_path):
    machine = Machine(tmp_path / "bin", id="echo 1000", apt_get="", python3="")
    done = machine.run("run")
    assert done.returncode == 1
    assert done.stderr == "Something is missing: sudo apt-get install make\n"


def test_continuous_integration_leaves_no_test_out(tmp_path):
    machine = Machine(tmp_path / "bin", make='echo "[$EVERY_TEST]"', python3="")
    assert machine.run("run").stdout == "[1]\n"
