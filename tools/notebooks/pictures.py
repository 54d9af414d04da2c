"""Puts a picture of the book into the notebook itself."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path

from tools.notebooks.context import Context


def data_url(target: str, line: int, context: Context) -> str:
    """Return the picture `target`, named as in the page, as a `data:` address.

    A notebook is read away from the book's folders, and with no network too.

    Raises:
        SourceError: there is no such file, or its kind is unknown.
    """
    if re.match(r"[a-z]+:", target):
        context.fail(line, f"the picture '{target}' is not in the book: put it there")
    folder = context.root if target.startswith("/") else _folder(context)
    file = folder / target.lstrip("/")
    kind, _ = mimetypes.guess_type(file.name)
    if not file.is_file() or not (kind or "").startswith("image/"):
        context.fail(line, f"'{target}' is no picture beside this page")
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _folder(context: Context) -> Path:
    """Return the folder of the page."""
    return (context.root / context.path).parent
