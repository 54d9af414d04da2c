"""How long the book takes to build, without the time its notebooks run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

from benchmarks.table import Row
from tools.pages import ROOT

TITLE = "Builds (seconds)"


def measure() -> list[Row]:
    """Build in each way; leave with its messages when a build fails.

    The whole site comes last, so that it is what lies in `_build/html` afterwards.
    """
    build = [sys.executable, "-m", "tools.build"]
    with tempfile.TemporaryDirectory() as folder:
        return [
            timed("preview from nothing", [*build, "--preview", "--out", folder]),
            timed("preview again", [*build, "--preview", "--out", folder]),
            timed("whole site, notebooks executed before", build),
        ]


def timed(what: str, command: list[str]) -> Row:
    """Run one command in the project's folder; return what it is and its seconds."""
    start = time.monotonic()
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{what}: the build failed\n{run.stderr}")
    return {"build": what, "seconds": round(time.monotonic() - start, 1)}
