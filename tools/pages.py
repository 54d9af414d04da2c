"""The pages of the book: their order, their notebooks, the cache of their outputs."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jupyter_cache import get_cache
from jupyter_cache.cache.main import JupyterCacheBase
from myst_nb.core.read import (
    is_myst_markdown_notebook,
    read_myst_markdown_notebook,
)
from myst_parser.config.main import MdParserConfig
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
"""The folder of `_toc.yml` and `_config.yml`."""

INPUTS = ("utils", "study", "requirements.txt")
"""What a notebook's outputs depend on besides its own cells."""

MADE = {"__pycache__", "rendered"}
"""Folders that are made from the inputs, by Python and by `tools.study`."""

KEPT_CACHES = 3
"""How many cache folders, of earlier states of the inputs, stay on the disk."""


def settings(root: Path = ROOT) -> dict[str, Any]:
    """Return `_config.yml` as a dictionary."""
    return yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))


def extensions(root: Path = ROOT) -> list[str]:
    """Return the extensions of Markdown that the pages are written in."""
    return settings(root)["parse"]["myst_enable_extensions"]


def listed_pages(root: Path = ROOT) -> list[Path]:
    """Return every page of `_toc.yml` in reading order, relative to `root`."""

    def walk(item: Any) -> Iterator[str]:
        if isinstance(item, list):
            for child in item:
                yield from walk(child)
        elif isinstance(item, dict):
            for key, value in item.items():
                if key in ("root", "file"):
                    yield value
                elif key in ("parts", "chapters", "sections"):
                    yield from walk(value)

    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return [Path(f"{name}.md") for name in walk(toc)]


def toc_pages(root: Path = ROOT) -> list[Path]:
    """Return the pages of `_toc.yml` that exist; Sphinx reports the others."""
    return [page for page in listed_pages(root) if (root / page).is_file()]


def notebook_pages(root: Path = ROOT) -> list[Path]:
    """Return the pages that hold code cells to run, in reading order."""
    return [
        page
        for page in toc_pages(root)
        if is_myst_markdown_notebook((root / page).read_text(encoding="utf-8"))
    ]


def read_notebook(page: Path, root: Path = ROOT) -> NotebookNode:
    """Read one page as a notebook, the way the book reads it.

    `metadata.source_map` holds the line of each cell, counted from zero.
    """
    notebook = read_myst_markdown_notebook(
        (root / page).read_text(encoding="utf-8"),
        config=MdParserConfig(enable_extensions=set(extensions(root))),
        add_source_map=True,
        path=root / page,
    )
    # Front matter for the book: a date in it could not be written as JSON.
    notebook.metadata.pop("course", None)
    return notebook


def inputs_key(root: Path = ROOT) -> str:
    """Return a hash of everything that outputs depend on besides their cells."""
    digest = hashlib.sha256()
    for name in INPUTS:
        path = root / name
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and not MADE & set(file.parts):
                digest.update(file.relative_to(root).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def cache_path(out: Path, root: Path = ROOT) -> Path:
    """Return the cache folder of the present inputs, `out/.jupyter_cache/<key>`."""
    return out / ".jupyter_cache" / inputs_key(root)


def open_cache(path: Path) -> JupyterCacheBase:
    """Open the cache at `path` and drop the oldest caches that lie beside it."""
    path.mkdir(parents=True, exist_ok=True)
    path.touch()
    neighbours = sorted(path.parent.iterdir(), key=lambda p: -p.stat().st_mtime)
    for old in neighbours[KEPT_CACHES:]:
        shutil.rmtree(old, ignore_errors=True)
    return get_cache(str(path))


def not_executed(
    pages: list[Path], cache: JupyterCacheBase, root: Path = ROOT
) -> list[Path]:
    """Return those of the pages whose outputs, as they are now, the cache lacks."""
    lacking = []
    for page in pages:
        try:
            cache.match_cache_notebook(read_notebook(page, root))
        except KeyError:
            lacking.append(page)
    return lacking


def report_not_executed(pages: list[Path]) -> None:
    """Tell the user which pages are to be executed first."""
    names = ", ".join(map(str, pages))
    print(f"not executed yet: {names}: run `make execute`", file=sys.stderr)
