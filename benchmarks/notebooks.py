"""Execution time and peak memory of every notebook, each in a fresh process."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.table import Row
from tools.execute import execute_page
from tools.pages import ROOT, notebook_pages, settings

TITLE = "Notebooks, one at a time, one thread (time; MiB of the kernel at its peak)"


def measure() -> list[Row]:
    """Execute every page of the book; raise `RuntimeError` when one fails."""
    os.environ["OMP_NUM_THREADS"] = "1"  # as when the book is built
    # A new process for each, since the peak is kept for the life of a process.
    with ProcessPoolExecutor(
        1, multiprocessing.get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        return list(pool.map(measure_page, notebook_pages(ROOT)))


def measure_page(page: Path, root: Path = ROOT) -> Row:
    """Execute one page of the book in `root` in this process's child, its kernel."""
    run = execute_page(page, root, settings(root)["execute"]["timeout"])
    if run.failure:
        raise RuntimeError(run.failure)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "page": page.with_suffix("").as_posix(),
        "seconds": round(run.seconds, 2),
        "CPU seconds": round(used.ru_utime + used.ru_stime, 2),
        "MiB": used.ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10),
    }
