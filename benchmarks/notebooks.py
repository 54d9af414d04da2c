"""Execution time and peak memory of every notebook, each in a fresh process."""

from __future__ import annotations

from pathlib import Path

from benchmarks.table import Row
from tools.pages import ROOT, notebook_pages, settings
from tools.run_page import processes, run_page

TITLE = "Notebooks, one at a time, one thread (time; MiB of the kernel at its peak)"


def measure(root: Path = ROOT) -> list[Row]:
    """Execute every page of the book; raise `RuntimeError` when one fails."""
    limit_s = settings(root)["execute"]["timeout"]
    pages = notebook_pages(root)
    rows = []
    with processes(1) as pool:
        futures = [pool.submit(run_page, page, root, limit_s) for page in pages]
        for run in (future.result() for future in futures):
            if run.failure:
                raise RuntimeError(run.failure)
            rows.append(
                {
                    "page": run.page.with_suffix("").as_posix(),
                    "seconds": round(run.seconds, 2),
                    "CPU seconds": round(run.cpu_seconds, 2),
                    "MiB": run.mib,
                }
            )
    return rows
