"""Measure what the course costs; print tables and write `_build/benchmarks.json`.

    python -m benchmarks                 # everything, some minutes
    python -m benchmarks pages flips     # only these

The site must have been built (`make book`). Numbers hold for the machine that
stands in the first line; nothing else should run on it meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys

import torch

from benchmarks import (
    builds,
    flips,
    lighthouse,
    notebooks,
    pages,
    replay,
    review,
    training,
    widgets,
)
from benchmarks.table import render
from tools.pages import ROOT
from utils.device import describe

MEASUREMENTS = {
    "notebooks": notebooks,
    "builds": builds,
    "pages": pages,
    "flips": flips,
    "replay": replay,
    "review": review,
    "lighthouse": lighthouse,
    "widgets": widgets,
    "training": training,
}


def main() -> int:
    """Run the measurements that are named, or all of them."""
    parser = argparse.ArgumentParser(description="Measure what the course costs.")
    parser.add_argument("only", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    names = parser.parse_args().only or list(MEASUREMENTS)
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"unknown {unknown[0]!r}: choose from {', '.join(MEASUREMENTS)}")
    if not (ROOT / "_build" / "html" / "index.html").exists():
        print("there is no site in _build/html: run `make book` first", file=sys.stderr)
        return 1
    machine = {
        "hardware": describe(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "torch": torch.__version__,
    }
    print(", ".join(f"{key}: {value}" for key, value in machine.items()))
    results = {}
    for name in names:
        results[name] = MEASUREMENTS[name].measure()
        print(f"\n{MEASUREMENTS[name].TITLE}\n\n{render(results[name])}", flush=True)
    path = ROOT / "_build" / "benchmarks.json"
    path.write_text(json.dumps({"machine": machine, **results}, indent=1) + "\n")
    print(f"\nwritten: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
