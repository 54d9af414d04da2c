"""A virtual environment with what Colab brings and nothing of the course."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

BROUGHT = ("torch==2.13.0", "numpy", "matplotlib", "ipywidgets", "ipykernel")
"""What a notebook may take for granted; `ipykernel` is what runs it."""

NOWHERE = "http://127.0.0.1:9"
OFFLINE = {
    "http_proxy": NOWHERE,
    "https_proxy": NOWHERE,
    "no_proxy": "",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": NOWHERE,
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "0",
}
"""Variables that put every host and every store of packages out of reach."""


def _first_that_works(*commands: list[str]) -> list[str]:
    """Return the first of `commands` that may run another here, or none."""
    for command in commands:
        if shutil.which(command[0]) and not subprocess.call(
            [*command, "true"], stderr=subprocess.DEVNULL
        ):
            return command
    return []


ALONE = _first_that_works(["unshare", "-n"], ["unshare", "-rn"])
"""The command that runs another where there is no network at all, not even the
machine's own; empty where the system allows none, and `OFFLINE` is all there is."""


def colab_environment(folder: Path) -> Path:
    """Return the Python of the environment, made below `folder` if it is not there.

    The environment's folder is named after what is in it and the Python version.

    Raises:
        subprocess.CalledProcessError: pip could not install the packages.
    """
    spec = "\n".join([*BROUGHT, sys.version])
    home = folder / hashlib.sha256(spec.encode()).hexdigest()[:12]
    python = home / "bin/python"
    if not (home / ".ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--prefer-binary"]
        subprocess.run([*pip, *BROUGHT], check=True)
        (home / ".ready").touch()
    return python


class Place:
    """An empty folder and an environment of its own over that of Colab.

    What is installed here goes into `packages` and nowhere else.
    """

    def __init__(self, colab: Path, home: Path) -> None:
        """Make the place at `home` over the environment of the Python `colab`."""
        self.folder = home / "empty"
        self.folder.mkdir(parents=True)
        venv = [str(colab), "-m", "venv", "--without-pip", str(home / "env")]
        subprocess.run(venv, check=True)
        self.python = home / "env/bin/python"
        self.packages = next((home / "env/lib").glob("python*/site-packages"))
        below = next((colab.parents[1] / "lib").glob("python*/site-packages"))
        (self.packages / "colab.pth").write_text(f"{below}\n", encoding="utf-8")
        self._specs = home / "kernels"
        command = [
            str(self.python),
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
        ]
        for name, before in (("place", []), ("offline", ALONE)):
            argv = [*before, *command]
            spec = {"argv": argv, "display_name": name, "language": "python"}
            (self._specs / name).mkdir(parents=True)
            (self._specs / name / "kernel.json").write_text(json.dumps(spec))

    def installed(self) -> dict[str, str]:
        """Return the packages that were installed here, with their versions."""
        code = (
            "import json; from importlib.metadata import distributions\n"
            f"found = distributions(path=[{str(self.packages)!r}])\n"
            "print(json.dumps({each.name: each.version for each in found}))"
        )
        return json.loads(self.run(code).stdout)

    def run(
        self, code: str, *, offline: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run `code` in the empty folder."""
        return subprocess.run(
            [*(ALONE if offline else []), str(self.python), "-c", code],
            cwd=self.folder,
            env=self._variables(offline),
            capture_output=True,
            text=True,
        )

    def pip(self, arguments: str) -> None:
        """Run pip with the words of `arguments`."""
        command = [str(self.python), "-m", "pip", *arguments.split()]
        subprocess.run(command, check=True, env=self._variables(offline=False))

    def execute(
        self, notebook: Path, *, offline: bool = False
    ) -> nbformat.NotebookNode:
        """Run every cell of `notebook` in a new kernel; return it with its outputs.

        The kernel is spoken to through files, so that it needs no network itself.

        Raises:
            nbclient.exceptions.CellExecutionError: a cell failed.
        """
        node = nbformat.read(notebook, as_version=4)
        specs = KernelSpecManager(kernel_dirs=[str(self._specs)])
        with tempfile.TemporaryDirectory() as sockets:
            manager = AsyncKernelManager(
                kernel_name="offline" if offline else "place",
                kernel_spec_manager=specs,
                transport="ipc",
                ip=f"{sockets}/kernel",
            )
            client = NotebookClient(
                node,
                km=manager,
                timeout=300,
                resources={"metadata": {"path": str(self.folder)}},
            )
            client.owns_km = True  # so that the kernel ends with the notebook
            return client.execute(env=self._variables(offline))

    def _variables(self, offline: bool) -> dict[str, str]:
        """Return the environment of a process: nothing of the project's own in it."""
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("PYTHON", "VIRTUAL"))
        }
        return kept | {"OMP_NUM_THREADS": "1"} | (OFFLINE if offline else {})
