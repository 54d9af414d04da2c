"""The browser of tests and measurements: `python -m tools.browser` sees to one.

The first that starts is taken: the system's Chromium or Chrome, then the one that
Playwright keeps. (On Ubuntu, `chromium` may be a stub that only names a snap.)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tools.programs import is_debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Nothing but what a page asks for goes over the network."""


class NoBrowserError(Exception):
    """No browser starts; the message says how to get one."""


def launch(playwright: Playwright) -> Browser:
    """Start the first browser that does, without a window.

    Raises:
        NoBrowserError: none does.
    """
    return start(playwright)[1]


@cache
def find() -> str:
    """Return the path of the first browser that starts.

    Raises:
        NoBrowserError: none does.
    """
    with sync_playwright() as playwright:
        path, browser = start(playwright)
        browser.close()
        return path or playwright.chromium.executable_path


def start(playwright: Playwright) -> tuple[str | None, Browser]:
    """Start the first browser that does; its path is None if it is Playwright's.

    Raises:
        NoBrowserError: none does.
    """
    for path in [*filter(None, map(shutil.which, NAMES)), None]:
        try:
            found = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
            return path, found
        except Error:
            continue
    raise NoBrowserError("no Chromium starts on this machine: run `make chromium`")


def starts() -> bool:
    """Tell whether a browser starts."""
    with sync_playwright() as playwright:
        try:
            launch(playwright).close()
        except NoBrowserError:
            return False
    return True


def ways() -> list[list[list[str]]]:
    """Return the ways to install a browser here, each a list of commands.

    Debian's package is a real one, Ubuntu's is not. As root, Playwright installs the
    libraries that its browser needs as well.
    """
    root = os.geteuid() == 0
    playwright = [sys.executable, "-m", "playwright", "install"]
    found = []
    if root and shutil.which("apt-get") and is_debian():
        apt = ["apt-get", "-qq"]
        found.append([[*apt, "update"], [*apt, "install", "-y", "chromium"]])
    if root and sys.platform == "linux":
        found.append([[*playwright, "--with-deps", "chromium"]])
    return [*found, [[*playwright, "chromium"]]]


def install() -> bool:
    """Try each way to a browser that starts; return whether there is one now.

    What the commands say is shown when they fail.
    """
    for commands in ways():
        for command in commands:
            print(" ".join(["installing a browser:", *command]), flush=True)
            done = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            if done.returncode:
                print(done.stdout.strip(), file=sys.stderr)
                break
        if starts():
            return True
    return False


def main() -> int:
    """See that a browser starts; return an exit status."""
    if starts() or install():
        return 0
    with_system = f"{sys.executable} -m playwright install --with-deps chromium"
    print(
        "no browser starts, and none could be installed: the tests need Chromium.\n"
        f"Install Chromium or Google Chrome yourself, or run: {with_system}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
