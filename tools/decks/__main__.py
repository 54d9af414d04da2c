"""`python -m tools.decks` writes the decks; `python -m tools.decks check` checks.

Writing also notes which cards changed since it was last done: a file in
`tools/decks/changes/` belongs to the commit that changes a card.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.decks import changes
from tools.decks.chapters import chapters
from tools.decks.files import write
from tools.notebooks.address import AddressError
from tools.pages import ROOT


def main(argv: list[str] | None = None) -> int:
    """Run one of the two commands; return an exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.decks", description=__doc__)
    parser.add_argument(
        "command", nargs="?", default="write", choices=("write", "check")
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the course's folder")
    parser.add_argument("--out", type=Path, help="where to build (default: _build)")
    given = parser.parse_args(argv)
    out = (given.out or given.root / "_build").resolve()
    try:
        if given.command == "check":
            return _check(given.root)
        return _write(given.root, out)
    except (AddressError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1


def _check(root: Path) -> int:
    stale = changes.stale(root, chapters(root))
    for name in stale:
        print(f"{name} does not know these cards: run `make decks`", file=sys.stderr)
    return 1 if stale else 0


def _write(root: Path, out: Path) -> int:
    for name in changes.note(root, chapters(root)):
        print(f"noted what changed: {name} belongs to your commit")
    written = write(root, out / "html" / "decks", out / ".decks")
    for problem in written.problems:
        print(problem, file=sys.stderr)
    if written.decks:
        folder = out / "html" / "decks"
        print(f"{len(written.decks)} decks are in {folder}")
    return 1 if written.problems else 0


if __name__ == "__main__":
    sys.exit(main())
