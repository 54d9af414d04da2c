"""Build the site from the pages and the outputs that `tools.execute` cached."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from jupyter_book.sphinx import build_sphinx

from tools.pages import (
    ROOT,
    cache_path,
    not_executed,
    notebook_pages,
    open_cache,
    report_not_executed,
)


def build(root: Path, out: Path, *, preview: bool) -> int:
    """Build the book of `root` into `out/html` and return an exit status.

    A preview runs nothing, shows the outputs and the sheets of cards that are at
    hand, and reports what Sphinx warns about. Otherwise the build starts from
    nothing, every notebook must have been executed, and a warning is an error.
    """
    cache = open_cache(cache_path(out, root))
    missing = not_executed(notebook_pages(root), cache, root)
    if missing and not preview:
        report_not_executed(missing)
        return 1
    if not preview:
        # A second build with old doctrees would not repeat the first one's warnings.
        for folder in (".doctrees", "html"):
            shutil.rmtree(out / folder, ignore_errors=True)
    result = build_sphinx(
        root,
        out / "html",
        noconfig=True,
        path_config=root / "_config.yml",
        doctreedir=out / (".doctrees-preview" if preview else ".doctrees"),
        confoverrides={
            "external_toc_path": str(root / "_toc.yml"),
            "latex_individualpages": False,
            "nb_execution_cache_path": str(cache_path(out, root)),
            "nb_execution_excludepatterns": [p.as_posix() for p in missing],
        },
        warningiserror=not preview,
        keep_going=True,
        quiet=True,
        tags=["preview"] if preview else [],
    )
    if result != 0:
        print("the book was not built: see the warnings above", file=sys.stderr)
        return 1
    return 0


def main(argv: list[str] | None = None) -> int:
    """Build and say where the site is and how to look at it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    parser.add_argument("--out", type=Path, help="where to build (default: _build)")
    parser.add_argument(
        "--preview", action="store_true", help="run nothing, be lenient"
    )
    args = parser.parse_args(argv)
    out = (args.out or args.root / "_build").resolve()
    start = time.monotonic()
    status = build(args.root.resolve(), out, preview=args.preview)
    if status == 0:
        print(f"built in {time.monotonic() - start:.0f} s: {out / 'html'}")
        print(f"look at it: open {out / 'html' / 'index.html'} in a browser,")
        print("or run `make serve`, which builds it again as you edit")
        if args.preview:
            print(
                "sheets of cards that changed are not in it: `make decks` prints them"
            )
    return status


if __name__ == "__main__":
    sys.exit(main())
