"""Cuts the text of a page into front matter and cells, with their line numbers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from tools.notebooks.errors import SourceError

FENCE = re.compile(r"(?P<indent>[ ]*)(?P<marks>`{3,}|~{3,}|:{3,})(?P<info>.*)")
CODE_CELL = re.compile(r"\{code-cell\}")
BREAK = re.compile(r"\+\+\+(?P<meta>.*)")
CAPTION = re.compile(r"\s*caption:\s*(?P<text>.*)")
OPTION = re.compile(r":(?P<name>[\w-]+):\s*(?P<value>.*)")


@dataclass(frozen=True)
class Cell:
    """One cell of a page; `raw` holds its source lines as they stand in the file.

    `line` is the number, from 1, of the first raw line; `body_line` that of the
    first line of `text`, the cell without its fence, options or break.
    """

    kind: str
    raw: tuple[str, ...]
    line: int
    text: str
    body_line: int
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def tags(self) -> list[str]:
        """The tags of the cell."""
        return list(self.metadata.get("tags", []))

    @property
    def caption_line(self) -> int:
        """The number of the line where the caption of the cell's figure starts."""
        for number, row in enumerate(self.raw, start=self.line):
            if found := CAPTION.match(row):
                return number + found["text"].startswith(("|", ">"))
        return self.line


@dataclass(frozen=True)
class Page:
    """A page as its front matter (`front`, as data) and its cells."""

    path: str
    front: dict[str, Any]
    front_lines: tuple[str, ...]
    cells: tuple[Cell, ...]


def fence_at(line: str) -> re.Match[str] | None:
    """Match `line` as the first line of a fenced block, or return None."""
    found = FENCE.fullmatch(line.rstrip())
    if found and found["marks"][0] == "`" and "`" in found["info"]:
        return None
    return found


def find_close(lines: list[str], start: int, path: str, first_line: int) -> int:
    """Return the index of the line that closes the fence opened at index `start`.

    `first_line` is the number in the file of `lines[0]`.

    Raises:
        SourceError: the fence is never closed, or holds one with as many colons.
    """
    opening = fence_at(lines[start])
    assert opening is not None
    marks = opening["marks"]
    for index in range(start + 1, len(lines)):
        found = fence_at(lines[index])
        if not found or not found["marks"].startswith(marks):
            continue
        if not found["info"].strip():
            return index
        if marks[0] == ":":
            message = f"the block around this one needs more colons than '{marks}'"
            raise SourceError(path, first_line + index, message)
    raise SourceError(
        path, first_line + start, f"this fence is never closed: add a line '{marks}'"
    )


def parse_page(text: str, path: str) -> Page:
    """Cut `text`, the source of the page at `path`, into its cells.

    Raises:
        SourceError: front matter, a fence, or the metadata of a cell is broken.
    """
    lines = text.splitlines()
    front, start = _front_matter(lines, path)
    cells: list[Cell] = []
    open_line, meta = start, {}
    index = start
    while index < len(lines):
        line = lines[index]
        fence = fence_at(line)
        if found := BREAK.fullmatch(line.rstrip()):
            _add_markdown(cells, lines, open_line, index, meta)
            open_line, meta = index, _break_metadata(found["meta"], path, index + 1)
            index += 1
        elif fence and CODE_CELL.match(fence["info"].strip()):
            if fence["indent"]:
                raise SourceError(
                    path, index + 1, "a code cell stands inside another block: move it"
                )
            _add_markdown(cells, lines, open_line, index, meta)
            end = find_close(lines, index, path, 1)
            cells.append(_code_cell(lines, index, end, path))
            open_line, meta = end + 1, {}
            index = end + 1
        elif fence:
            index = find_close(lines, index, path, 1) + 1
        else:
            index += 1
    _add_markdown(cells, lines, open_line, len(lines), meta)
    return Page(path, front, tuple(lines[:start]), tuple(cells))


def _front_matter(lines: list[str], path: str) -> tuple[dict[str, Any], int]:
    """Return the front matter and the index of the first line after it."""
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    for end in range(1, len(lines)):
        if lines[end].rstrip() == "---":
            break
    else:
        raise SourceError(path, 1, "the front matter is never closed: add a line '---'")
    front = _yaml("\n".join(lines[1:end]), path, 2, "the front matter")
    return front, end + 1


def _yaml(text: str, path: str, line: int, what: str) -> dict[str, Any]:
    """Read a YAML mapping that starts at `line`."""
    try:
        data = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "not valid"
        raise SourceError(path, where, f"{what} is not YAML: {problem}") from None
    if not isinstance(data, dict):
        raise SourceError(path, line, f"{what} is not a list of 'key: value' lines")
    return data


def _break_metadata(text: str, path: str, line: int) -> dict[str, Any]:
    """Read the JSON after `+++`."""
    if not text.strip():
        return {}
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(
            path, line, f"what follows '+++' is not JSON: {error.msg}"
        ) from None
    if not isinstance(data, dict):
        raise SourceError(path, line, "what follows '+++' is not a JSON object {…}")
    return data


def _add_markdown(
    cells: list[Cell], lines: list[str], start: int, end: int, meta: dict[str, Any]
) -> None:
    """Add the Markdown cell of `lines[start:end]`, unless it is empty."""
    raw = lines[start:end]
    skip = 1 if raw and BREAK.fullmatch(raw[0].rstrip()) else 0
    while skip < len(raw) and not raw[skip].strip():
        skip += 1
    text = "\n".join(raw[skip:]).rstrip()
    if text or meta:
        cells.append(
            Cell("markdown", tuple(raw), start + 1, text, start + skip + 1, meta)
        )


def _code_cell(lines: list[str], start: int, end: int, path: str) -> Cell:
    """Read the code cell whose fence spans `lines[start]` to `lines[end]`."""
    body = lines[start + 1 : end]
    metadata: dict[str, Any] = {}
    skip = 0
    if body and body[0].rstrip() == "---":
        for close in range(1, len(body)):
            if body[close].rstrip() == "---":
                break
        else:
            raise SourceError(
                path, start + 2, "the cell's options are never closed: add '---'"
            )
        metadata = _yaml(
            "\n".join(body[1:close]), path, start + 3, "the cell's options"
        )
        skip = close + 1
    else:
        while skip < len(body) and (found := OPTION.fullmatch(body[skip].rstrip())):
            option = f"{found['name']}: {found['value']}"
            metadata |= _yaml(option, path, start + skip + 2, "the cell's option")
            skip += 1
    while skip < len(body) and not body[skip].strip():
        skip += 1
    text = "\n".join(body[skip:]).rstrip()
    raw = tuple(lines[start : end + 1])
    return Cell("code", raw, start + 1, text, start + skip + 2, metadata)
