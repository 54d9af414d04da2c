"""Scripts and style as they are sent: without comments, indents and empty lines."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "assets"
SOURCES = {
    "study.js": ("store.js", "page.js", "cards.js", "quiz.js"),
    "study.css": ("study.css",),
}


def assets() -> dict[str, str]:
    """What a page loads: one script and one style."""
    return {name: "".join(map(slim, files)) for name, files in SOURCES.items()}


def slim(name: str) -> str:
    """One asset. A comment stands on lines of its own, a string on one line."""
    text = (FOLDER / name).read_text("utf-8")
    text = re.sub(r"^\s*/\*.*?\*/[ \t]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    kept = [line for line in lines if line and not line.startswith("//")]
    return "\n".join(kept) + "\n"
