"""Writes the setup cell: what brings the course's helpers to a notebook."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.notebooks.context import Context

BROUGHT = {"torch", "numpy", "matplotlib", "ipywidgets", "pip"}
"""What every place that runs notebooks has; a setup cell must not touch it."""

TEMPLATE = """\
# @title Setup: bring the course's helpers, `utils`, where they are missing
# Nothing that is installed is changed: this cell may run again at any time.
def _setup(version, wheel, extras):
    import subprocess
    import sys
    from importlib import invalidate_caches, metadata, util
    from pathlib import Path

    def installed(name):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return None

    def install(what, *options):
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
        command = [*pip, "-q", *options, *what]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            reason = (run.stderr.strip() or "pip failed").splitlines()[-1]
            sys.exit(f"Cannot install {{what[0]}}; is there a network? {{reason}}")
        invalidate_caches()

    have = installed("{name}")
    if have is None:
        install([wheel], "--no-deps")
    elif have not in (version, version.split("+")[0]):  # the latter: a checkout
        print(f"This notebook needs {name} {{version}}, here is {{have}}. Run this:")
        print(f"%pip install -q --force-reinstall --no-deps {{wheel}}")
        print("and then restart the kernel.")
    if missing := [name for name in extras if installed(name) is None]:
        install(missing)
    place = Path(util.find_spec("utils").origin)
    if not place.with_name("device.py").exists():
        sys.exit(f"{{place}} hides the course's utils: run this notebook elsewhere")


_setup(
    version="{version}",
    wheel="{wheel}",
    extras={extras},
)"""


@dataclass(frozen=True)
class Helpers:
    """The wheel that a notebook installs: its name, version and address."""

    name: str
    version: str
    url: str


def setup_cell(helpers: Helpers, extras: list[str]) -> str:
    """Return the program text of the setup cell."""
    names = ", ".join(f'"{name}"' for name in extras)
    return TEMPLATE.format(
        name=helpers.name,
        version=helpers.version,
        wheel=helpers.url,
        extras=f"[{names}]",
    )


def extras_of(front: dict, front_lines: tuple[str, ...], context: Context) -> list[str]:
    """Return the `extras` that a page's front matter asks for.

    Raises:
        SourceError: they are not a list of names, or name what Colab brings.
    """
    extras = front.get("course", {}).get("extras", [])
    places = [n for n, row in enumerate(front_lines, 1) if "extras:" in row]
    line = places[0] if places else 1
    if not isinstance(extras, list):
        context.fail(line, "extras is a list of names: [einops, pooch]")
    for name in extras:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", str(name)):
            message = f"'{name}' in extras is no plain name of a package on PyPI"
            context.fail(line, message)
        if name.lower() in BROUGHT:
            context.fail(line, f"'{name}' in extras is there already: take it out")
    return extras
