"""Run nbval over every notebook of the book and count the cells that it ran."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat

from tools.pages import (
    ROOT,
    cache_path,
    not_executed,
    notebook_pages,
    open_cache,
    read_notebook,
    report_not_executed,
    settings,
)

WORKERS = 2
CODE_CELL = re.compile(r"^\s*(`{3,}|:{3,})\{code-cell\}", re.M)


def write_notebooks(pages: list[Path], root: Path, out: Path, folder: Path) -> None:
    """Write the pages with the outputs that the site shows, as `.ipynb` files."""
    cache = open_cache(cache_path(out, root))
    for page in pages:
        _, notebook = cache.merge_match_into_notebook(read_notebook(page, root))
        notebook.metadata.pop("source_map")
        target = folder / page.with_suffix(".ipynb")
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)


def run_nbval(root: Path, folder: Path, limit_s: int) -> tuple[int, int]:
    """Run nbval over a folder; return its exit status and the cells that passed."""
    report = folder / "report.xml"
    command = [
        *(sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env"),
        *("-p", "tools.compare.plugin", "-p", "no:cacheprovider", "-q"),
        *("-n", str(WORKERS), "--dist", "loadfile", "--color=no", "--rootdir", folder),
        *("-c", os.devnull, f"--nbval-cell-timeout={limit_s}", f"--junitxml={report}"),
        folder,
    ]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": path}
    # The kernels' own remarks come on the error stream: they are no findings.
    run = subprocess.run(
        command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True
    )
    if run.returncode:
        print(run.stderr, file=sys.stderr)
    if not report.exists():
        return run.returncode or 1, 0
    cases = ElementTree.parse(report).iter("testcase")
    return run.returncode, sum(len(case) == 0 for case in cases)


def main(argv: list[str] | None = None) -> int:
    """Check all notebooks and return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    parser.add_argument("--out", type=Path, help="build folder (default: _build)")
    args = parser.parse_args(argv)
    root = args.root.resolve()
    out = (args.out or root / "_build").resolve()
    pages = notebook_pages(root)
    cache = open_cache(cache_path(out, root))
    if missing := not_executed(pages, cache, root):
        report_not_executed(missing)
        return 1
    folder = out / "nbval"
    shutil.rmtree(folder, ignore_errors=True)
    write_notebooks(pages, root, out, folder)
    expected = sum(
        len(CODE_CELL.findall((root / page).read_text(encoding="utf-8")))
        for page in pages
    )
    status, passed = run_nbval(root, folder, settings(root)["execute"]["timeout"])
    print(f"nbval: {passed} of {expected} cells of {len(pages)} notebooks agree")
    return status or int(passed != expected)


if __name__ == "__main__":
    sys.exit(main())
