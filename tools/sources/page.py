"""A page of the course as blocks with line numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from tools.notebooks.cells import Cell, parse_page
from tools.pages import extensions
from tools.sources.prose import Prose, read_prose

CONTENT = {"note", "tip", "warning", "important", "admonition", "dropdown", "figure"}
CONTENT |= {"grid", "grid-item-card"}
ENTRIES = {"list-table", "glossary"}


@dataclass
class Block:
    """One piece of a page; `line` is that of its first source line.

    `kind` is heading, prose, entry (text in a table, a caption or a glossary), label,
    equation, code, directive, table or html. `name` is the directive's name, the
    label, or an equation's label; `text` a heading's text, a directive's argument or
    a cell's code.
    """

    kind: str
    line: int
    name: str = ""
    text: str = ""
    level: int = 0
    tags: tuple[str, ...] = ()
    prose: Prose | None = None
    options: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    children: list["Block"] = field(default_factory=list)


@dataclass
class Section:
    """What stands under one heading of the second level."""

    title: str
    line: int
    blocks: list[Block]

    def walk(self) -> Iterator[Block]:
        """Yield every block, those inside directives too."""
        return _walk(self.blocks)


@dataclass
class Page:
    """A page: its path relative to the root, front matter, lines and blocks."""

    path: str
    front: dict[str, Any]
    lines: list[str]
    blocks: list[Block]

    def walk(self) -> Iterator[Block]:
        """Yield every block, those inside directives too."""
        return _walk(self.blocks)

    def of_kind(self, kind: str) -> list[Block]:
        """Return the blocks of one kind, in order, those inside directives too."""
        return [block for block in self.walk() if block.kind == kind]

    def directives(self, *names: str) -> list[Block]:
        """Return the directives of these names, in order."""
        return [block for block in self.of_kind("directive") if block.name in names]

    def sections(self) -> list[Section]:
        """Return the sections of the second level, in order."""
        found: list[Section] = []
        for block in self.blocks:
            if block.kind == "heading" and block.level == 2:
                found.append(Section(block.text, block.line, []))
            elif found:
                found[-1].blocks.append(block)
        return found

    def section(self, title: str) -> Section | None:
        """Return the section of this title, or None."""
        return next((s for s in self.sections() if s.title == title), None)

    def line_of(self, text: str) -> int:
        """Return the number of the first line that starts with `text`, or 1."""
        for number, line in enumerate(self.lines, 1):
            if line.strip().startswith(text):
                return number
        return 1


def read_page(text: str, path: str) -> Page:
    """Parse the source `text` of the page at `path`.

    Raises:
        tools.notebooks.errors.SourceError: a fence, the front matter or the options
            of a cell are broken.
    """
    source = parse_page(text, path)
    blocks: list[Block] = []
    for cell in source.cells:
        if cell.kind == "code":
            blocks.append(_code(cell))
        else:
            blocks += _markdown(cell.text, cell.body_line, tuple(cell.tags))
    return Page(path, source.front, text.splitlines(), blocks)


def _walk(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _walk(block.children)


def _code(cell: Cell) -> Block:
    figure = cell.metadata.get("mystnb", {}).get("figure", {})
    return Block(
        "code",
        cell.body_line,
        name=cell.raw[0].strip("`").strip(),
        text=cell.text,
        tags=tuple(cell.tags),
        options=cell.metadata,
        children=_entries(str(figure.get("caption", "")), cell.caption_line),
    )


def _entry(prose: Prose) -> Block:
    return Block("entry", prose.line, prose=prose)


def _entries(text: str, line: int) -> list[Block]:
    flat = "\n".join(part.strip() for part in text.splitlines())
    return [_entry(b.prose) for b in _markdown(flat, line, ()) if b.prose]


@cache
def _parser() -> MarkdownIt:
    config = MdParserConfig(enable_extensions=set(extensions()))
    return create_md_parser(config, RendererHTML)


def _markdown(text: str, first_line: int, tags: tuple[str, ...]) -> list[Block]:
    blocks: list[Block] = []
    opened: list[str] = []
    fresh_item = False
    for token in _parser().parse(text):
        line = first_line + (token.map[0] if token.map else 0)
        if token.nesting == 1:
            opened.append(token.type)
            tag = token.tag
            fresh_item = fresh_item or token.type == "list_item_open"
            if token.type == "table_open":
                blocks.append(Block("table", line, tags=tags))
        elif token.nesting == -1:
            opened.pop()
        elif token.type == "inline" and "table_open" in opened:
            blocks[-1].children.append(_entry(read_prose(token, line, False)))
        elif token.type == "inline":
            outermost = opened.count("list_item_open") == 1
            prose = read_prose(token, line, fresh_item and outermost)
            fresh_item = False
            if opened[-1] == "heading_open":
                level = int(tag.removeprefix("h"))
                blocks.append(
                    Block("heading", line, text=prose.text, level=level, prose=prose)
                )
            else:
                blocks.append(Block("prose", line, tags=tags, prose=prose))
        elif block := _leaf(token, line, tags):
            blocks.append(block)
    return blocks


def _leaf(token: Token, line: int, tags: tuple[str, ...]) -> Block | None:
    if token.type == "myst_target":
        return Block("label", line, name=token.content, tags=tags)
    if token.type in ("math_block", "math_block_label", "amsmath"):
        return Block("equation", line, name=token.info, text=token.content, tags=tags)
    if token.type == "html_block":
        return Block("html", line, tags=tags)
    if token.type in ("fence", "colon_fence") and token.info.startswith("{"):
        return _directive(token, line, tags)
    return None


def _directive(token: Token, line: int, tags: tuple[str, ...]) -> Block:
    name, _, argument = token.info.strip().removeprefix("{").partition("}")
    options, body, skipped = _options(token.content)
    if name == "math":
        label = str(options.get("label", ""))
        return Block("equation", line, name=label, text=body, tags=tags)
    inside: list[Block] = []
    if name in CONTENT:
        inside = _markdown(body, line + 1 + skipped, tags)
    elif name in ENTRIES:
        inside = _entries(body, line + 1 + skipped)
    return Block(
        "directive",
        line,
        name=name,
        text=argument.strip(),
        tags=tags,
        options=options,
        body=body,
        children=inside,
    )


def _options(content: str) -> tuple[dict[str, Any], str, int]:
    """Split a directive's content into options, body, and lines before the body."""
    lines = content.splitlines()
    end = 0
    if lines and lines[0].strip() == "---" and "---" in lines[1:]:
        end = lines.index("---", 1) + 1
        source = "\n".join(lines[1 : end - 1])
    else:
        while end < len(lines) and lines[end].startswith(":"):
            end += 1
        source = "\n".join(line[1:] for line in lines[:end])
    options = yaml.safe_load(source) if source.strip() else {}
    return (
        options if isinstance(options, dict) else {},
        "\n".join(lines[end:]),
        end,
    )
