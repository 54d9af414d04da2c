"""Check the sources of the course and print each broken rule of STYLE.md."""

import sys
from pathlib import Path

from tools.notebooks.errors import SourceError
from tools.sources import (
    cells,
    chapters,
    exercises,
    files,
    pictures,
    randomness,
    recall,
    references,
    sentences,
    signposts,
)
from tools.sources.course import Course
from tools.sources.faults import Fault

ROOT = Path(__file__).resolve().parents[2]
GROUPS = (
    files,
    signposts,
    chapters,
    sentences,
    cells,
    randomness,
    pictures,
    references,
    recall,
    exercises,
)


def faults(root: Path) -> list[Fault]:
    """Return every fault of the course under `root`, by file and line.

    Raises:
        SourceError: a page cannot be parsed.
    """
    course = Course(root)
    return sorted({fault for g in GROUPS for rule in g.RULES for fault in rule(course)})


def main(root: Path = ROOT) -> int:
    """Print the faults; return 1 if there are any."""
    try:
        found = faults(root)
    except SourceError as error:
        print(error)
        return 1
    for fault in found:
        print(fault)
    if found:
        print(f"{len(found)} faults; STYLE.md explains each rule by its number")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
