"""The files of a page's frames: `_frames/<page>/<hash of the picture>.webp`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from _ext.explore.nodes import explore_widget

FOLDER = "_frames"


def folder_of(docname: str) -> str:
    """Return the folder of a page's frames, relative to the site's root."""
    return f"{FOLDER}/{docname}"


def write_frames(site: Path, pagename: str, widgets: Iterable[explore_widget]) -> None:
    """Write the frames of these widgets; delete the page's frames of old builds.

    A name is a hash of the content, so that a file which exists is not written
    again and a browser never shows a stale one.
    """
    current: set[Path] = set()
    for node in widgets:
        folder = site / folder_of(node["docname"])
        folder.mkdir(parents=True, exist_ok=True)
        for name, image in node["widget"].files.items():
            file = folder / name
            current.add(file)
            if not file.exists():
                file.write_bytes(image)
    for file in (site / folder_of(pagename)).glob("*.webp"):
        if file not in current:
            file.unlink()
