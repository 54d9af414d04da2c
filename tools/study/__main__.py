"""`python -m tools.study` checks `study/`; `python -m tools.study render` prepares it.

Faults are printed as `file:line: item: field: what is wrong and what to do`; the exit
status is 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .lint import lint

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(prog="python -m tools.study", description=__doc__)
    parser.add_argument(
        "command", nargs="?", default="lint", choices=["lint", "render"]
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    given = parser.parse_args()
    problems = lint(given.root)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    if given.command == "render":
        from .render import render

        for written in render(given.root):
            print(written.relative_to(given.root))
    return 0


if __name__ == "__main__":
    sys.exit(main())
