"""The programs that some tests try: `python -m tools.programs` sees to them.

Firefox and Emacs with org-drill. Without one of them its tests are not run, and say
so; with `EVERY_TEST=1` in the environment a missing one is an error. Needs nothing
but Python's own library, so that it also runs before the environment is made.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

START_S = 120
"""How long a program may take to start."""


@dataclass(frozen=True)
class Program:
    """A program that may be missing: how to find one that works, and to get one."""

    title: str
    names: tuple[str, ...]
    """Commands or whole paths; the first that works is taken."""
    works: Callable[[str], bool]
    packages: tuple[str, ...]
    """What to install with apt."""
    debian: bool
    """Whether only Debian itself has these packages, and Ubuntu, say, has not."""
    advice: str
    """What to do where these packages are not to be had."""


def firefox_works(path: str) -> bool:
    """Tell whether a Firefox draws a page with a profile of ours.

    Ubuntu's package holds a script that names a snap, and the snap's Firefox cannot
    read the folder of the profile.
    """
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder, "page.png")
        profile = Path(folder, "profile")
        profile.mkdir()
        command = [path, "--headless", "--no-remote", "--profile", str(profile)]
        _succeeds([*command, "--screenshot", str(picture), "about:blank"])
        return picture.is_file()


def emacs_works(path: str) -> bool:
    """Tell whether an Emacs has org-drill."""
    load = "(progn (package-initialize) (require 'org-drill))"
    return _succeeds([path, "--batch", "--eval", load])


def _succeeds(command: list[str]) -> bool:
    """Run a command without input or output; tell whether it ended well and in time."""
    try:
        return not subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=START_S,
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


PROGRAMS = {
    "firefox": Program(
        title="Firefox",
        names=(
            "firefox-esr",
            "firefox",
            "/Applications/Firefox.app/Contents/MacOS/firefox",
        ),
        works=firefox_works,
        packages=("firefox-esr",),
        debian=True,
        advice="install Mozilla's own package (Ubuntu's names a snap, which cannot "
        "read a test's profile): https://support.mozilla.org/kb/install-firefox-linux",
    ),
    "emacs": Program(
        title="Emacs with org-drill",
        names=("emacs",),
        works=emacs_works,
        packages=("emacs-nox", "elpa-org-drill"),
        debian=False,
        advice="install Emacs, and in it M-x package-install RET org-drill",
    ),
}


@cache
def find(name: str) -> str | None:
    """Return the path of the first program of that name that works, or None."""
    program = PROGRAMS[name]
    found = filter(None, map(shutil.which, program.names))
    return next((path for path in found if program.works(path)), None)


def has_packages(program: Program) -> bool:
    """Tell whether this system offers the program's packages."""
    return bool(shutil.which("apt-get")) and (is_debian() or not program.debian)


def is_debian() -> bool:
    """Tell whether the system is Debian itself."""
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def what_to_do(name: str) -> str:
    """Say in one line that a program is missing, and how to get it here."""
    program = PROGRAMS[name]
    way = program.advice
    if has_packages(program):
        way = " ".join(["sudo apt-get install", *program.packages])
    return f"{program.title} is missing: {way}"


def install(names: list[str]) -> None:
    """Install the packages of these programs; what apt says is shown when it fails."""
    packages = [package for name in names for package in PROGRAMS[name].packages]
    apt = ["apt-get", "-qq"]
    for command in ([*apt, "update"], [*apt, "install", "-y", *packages]):
        print(" ".join(["installing:", *command]), flush=True)
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode:
            print(done.stdout.strip(), file=sys.stderr)
            return


def main() -> int:
    """See that every program works; return an exit status."""
    missing = [name for name in PROGRAMS if not find(name)]
    offered = [name for name in missing if has_packages(PROGRAMS[name])]
    if offered and os.geteuid() == 0:
        install(offered)
        find.cache_clear()
        missing = [name for name in PROGRAMS if not find(name)]
    for name in missing:
        print(f"{what_to_do(name)}; its tests are not run without it", file=sys.stderr)
    return int(bool(missing) and os.environ.get("EVERY_TEST") == "1")


if __name__ == "__main__":
    sys.exit(main())
