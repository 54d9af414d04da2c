"""Execute the notebooks of the book side by side and keep their outputs.

The outputs go to a jupyter-cache whose folder is named by a hash of `utils/`,
`study/` and `requirements.txt`, so that a change there runs everything again.
A notebook that fails, or costs more than it may, is never kept: it fails again the
next time. So does a course whose notebooks cost too much together.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import as_completed
from pathlib import Path

from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase

from tools.pages import (
    ROOT,
    cache_path,
    not_executed,
    notebook_pages,
    open_cache,
    read_notebook,
    settings,
)
from tools.run_page import Run, processes, run_page

WORKERS = 2
MOST_CPU_SECONDS = 60
MOST_MIB = 2048
"""What a notebook may use: a learner's machine is small, and the reader waits."""

MOST_CPU_SECONDS_TOGETHER = 15 * 60
"""What all notebooks may use: who mends a page runs them all."""


def excess(run: Run) -> str | None:
    """Say in one line what a run used beyond what a notebook may, or None."""
    if run.cpu_seconds > MOST_CPU_SECONDS:
        return (
            f"{run.page}: {run.cpu_seconds:.0f} CPU seconds, at most "
            f"{MOST_CPU_SECONDS}: fewer steps, less data or a smaller model"
        )
    if run.mib > MOST_MIB:
        return (
            f"{run.page}: {run.mib} MiB, at most {MOST_MIB}: smaller batches, less "
            "data at a time, or delete what is no longer needed"
        )
    return None


def excess_together(pages: list[Path], cache: JupyterCacheBase, root: Path) -> str:
    """Say in one line what these pages, all in the cache, used too much; or nothing."""
    costs = {}
    for page in pages:
        record = cache.match_cache_notebook(read_notebook(page, root))
        costs[page] = record.data["cpu_seconds"]
    total = sum(costs.values())
    if total <= MOST_CPU_SECONDS_TOGETHER:
        return ""
    dearest = sorted(costs, key=costs.__getitem__, reverse=True)[:3]
    names = ", ".join(f"{page} ({costs[page]:.0f})" for page in dearest)
    return (
        f"all notebooks together: {total:.0f} CPU seconds, at most "
        f"{MOST_CPU_SECONDS_TOGETHER}: make the dearest cheaper: {names}"
    )


def execute(pages: list[Path], root: Path, out: Path) -> int:
    """Execute the pages that the cache lacks; return the number of faults."""
    cache = open_cache(cache_path(out, root))
    waiting = not_executed(pages, cache, root)
    print(f"{len(pages) - len(waiting)} of {len(pages)} notebooks are in the cache")
    limit_s = settings(root)["execute"]["timeout"]
    failures = []
    with processes(WORKERS) as pool:
        futures = [pool.submit(run_page, p, root, limit_s) for p in waiting]
        for count, future in enumerate(as_completed(futures), start=1):
            run = future.result()
            failure = run.failure or excess(run)
            cost = f"{run.seconds:.1f} s, CPU {run.cpu_seconds:.1f} s, {run.mib} MiB"
            state = "FAILED" if failure else "ok"
            print(f"[{count}/{len(waiting)}] {run.page}  {cost}  {state}", flush=True)
            if failure:
                failures.append(failure)
                continue
            cache.cache_notebook_bundle(
                CacheBundleIn(
                    run.notebook,
                    str(root / run.page),
                    data={
                        "execution_seconds": run.seconds,
                        "cpu_seconds": run.cpu_seconds,
                    },
                ),
                check_validity=False,
                overwrite=True,
            )
    if not failures and (together := excess_together(pages, cache, root)):
        failures.append(together)
    for failure in failures:
        print(f"\n{failure}", file=sys.stderr)
    return len(failures)


def main(argv: list[str] | None = None) -> int:
    """Execute all notebooks, or those of one slug, and return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="SLUG", help="this chapter's pages alone")
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    parser.add_argument("--out", type=Path, help="build folder (default: _build)")
    args = parser.parse_args(argv)
    root = args.root.resolve()
    out = (args.out or root / "_build").resolve()
    pages = notebook_pages(root)
    if args.only:
        pages = [page for page in pages if page.stem == args.only]
        if not pages:
            print(f"no page of _toc.yml has the slug {args.only!r}", file=sys.stderr)
            return 1
    return 1 if execute(pages, root, out) else 0


if __name__ == "__main__":
    sys.exit(main())
