"""Run one page's cells in a kernel of its own, and measure what that costs."""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from tools.pages import read_notebook

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Run:
    """What came of executing one page; `failure` is None when all went well.

    `seconds` are those of the clock; `cpu_seconds` and `mib`, the memory at its peak,
    are those of the kernel.
    """

    page: Path
    seconds: float
    cpu_seconds: float
    mib: int
    notebook: NotebookNode
    failure: str | None


def processes(count: int) -> ProcessPoolExecutor:
    """Return a pool whose processes run one page each, one thread a kernel.

    With one thread, sums are taken in the same order in every run. Since a process
    has one kernel, what the process's children used is what the kernel used.
    """
    os.environ["OMP_NUM_THREADS"] = "1"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(count, context, max_tasks_per_child=1)


def run_page(page: Path, root: Path, limit_s: int) -> Run:
    """Run a page in a temporary folder within `limit_s` seconds; see `processes`."""
    notebook = read_notebook(page, root)
    lines = notebook.metadata.pop("source_map")
    running = -1

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
        except (NoSuchKernel, OSError, RuntimeError) as error:
            failure = f"the kernel did not start: {error}\n{errors.read_text()}"
    if failure:
        before = notebook.cells[: running + 1]
        number = sum(cell.cell_type == "code" for cell in before)
        place = f"{page}:{lines[running]}: code cell {number}" if before else page
        failure = f"{place}: {failure}"
    seconds = time.monotonic() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    mib = used.ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10)
    return Run(page, seconds, used.ru_utime + used.ru_stime, mib, notebook, failure)
