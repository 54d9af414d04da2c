"""Makes the notebooks of the last build again, from the sources as they are now."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tools.notebooks.address import AddressError, find_address
from tools.notebooks.book import build_helpers, pages_with_notebooks, write_notebooks
from tools.notebooks.errors import SourceError
from tools.notebooks.index import Index
from tools.notebooks.wheel import WheelError
from tools.pages import ROOT, settings, toc_pages

INDEX = ROOT / "_build/notebook-index.json"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out",
        type=Path,
        default=ROOT / "_build/html",
        help="write into notebooks/ below this folder (default: _build/html)",
    )
    parser.add_argument("--site", help="take this for the site's address")
    options = parser.parse_args(arguments)
    if not INDEX.exists():
        print("there is no index of the book yet: run 'make preview'", file=sys.stderr)
        return 1
    config = settings()
    site = {"COURSE_SITE": options.site} if options.site else {}
    names = [page.with_suffix("").as_posix() for page in toc_pages()]
    try:
        pages = pages_with_notebooks(names, ROOT)
        address = find_address(config, os.environ | site)
        errors = write_notebooks(
            pages,
            Index.from_json(INDEX.read_text(encoding="utf-8")),
            build_helpers(),
            root=ROOT,
            html=options.out,
            site=address.site,
            course=config["title"],
        )
    except (SourceError, AddressError, WheelError, FileNotFoundError) as error:
        errors = [error]
    for error in errors:
        print(error, file=sys.stderr)
    if not errors:
        print(f"{len(pages)} notebooks in {options.out / 'notebooks'}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
