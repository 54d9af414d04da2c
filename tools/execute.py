"""Execute the notebooks of the book side by side and keep their outputs.

The outputs go to a jupyter-cache whose folder is named by a hash of `utils/`,
`study/` and `requirements.txt`, so that a change there runs everything again.
A notebook that fails is never kept: it fails again the next time.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from jupyter_cache.base import CacheBundleIn
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from tools.pages import (
    ROOT,
    cache_path,
    in_cache,
    notebook_pages,
    open_cache,
    read_notebook,
    settings,
)

WORKERS = 2
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Run:
    """What came of executing one page; `failure` is None when all went well."""

    page: Path
    seconds: float
    notebook: NotebookNode
    failure: str | None


def execute_page(page: Path, root: Path, limit_s: int) -> Run:
    """Execute one page in a temporary folder, within `limit_s` seconds in all."""
    notebook = read_notebook(page, root)
    lines = notebook.metadata.pop("source_map")
    running = 0

    def note_cell(cell: NotebookNode, cell_index: int) -> None:
        nonlocal running
        running = cell_index

    failure = None
    start = time.monotonic()
    end = start + limit_s
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder, "work")
        work.mkdir()
        # Sockets in the file system: closed to other users, and there without a
        # network.
        sockets = {"transport": "ipc", "ip": f"{folder}/kernel"}
        client = NotebookClient(
            notebook,
            timeout_func=lambda cell: max(1, int(end - time.monotonic())),
            on_cell_start=note_cell,
            record_timing=False,
            config=Config({"KernelManager": sockets}),
            resources={"metadata": {"path": str(work)}},
        )
        errors = Path(folder, "stderr")
        try:
            with errors.open("w") as stream:
                client.execute(stderr=stream)
        except CellExecutionError as error:
            failure = f"{error.ename}: {error.evalue}\n{ANSI.sub('', error.traceback)}"
        except CellTimeoutError:
            failure = f"stopped: the notebook took more than {limit_s} s"
        except DeadKernelError:
            failure = f"the kernel died (out of memory?)\n{errors.read_text()}"
    if failure:
        number = sum(c.cell_type == "code" for c in notebook.cells[: running + 1])
        failure = f"{page}:{lines[running]}: code cell {number}: {failure}"
    return Run(page, time.monotonic() - start, notebook, failure)


def execute(pages: list[Path], root: Path, out: Path) -> int:
    """Execute the pages that the cache lacks; return the number that failed."""
    cache = open_cache(cache_path(out, root))
    waiting = [page for page in pages if not in_cache(cache, page, root)]
    print(f"{len(pages) - len(waiting)} of {len(pages)} notebooks are in the cache")
    limit_s = settings(root)["execute"]["timeout"]
    # One thread a kernel: sums are then taken in the same order in every run.
    os.environ["OMP_NUM_THREADS"] = "1"
    failures = []
    with ProcessPoolExecutor(WORKERS) as pool:
        futures = [pool.submit(execute_page, p, root, limit_s) for p in waiting]
        for count, future in enumerate(as_completed(futures), start=1):
            run = future.result()
            state = "FAILED" if run.failure else "ok"
            print(
                f"[{count}/{len(waiting)}] {run.page}  {run.seconds:.1f} s  {state}",
                flush=True,
            )
            if run.failure:
                failures.append(run.failure)
                continue
            cache.cache_notebook_bundle(
                CacheBundleIn(
                    run.notebook,
                    str(root / run.page),
                    data={"execution_seconds": run.seconds},
                ),
                check_validity=False,
                overwrite=True,
            )
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
