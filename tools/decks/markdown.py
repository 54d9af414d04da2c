"""The Markdown of the cards, written in the languages of other programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from tools.pages import extensions


@dataclass(frozen=True)
class Dialect:
    """How each piece of a text is written.

    `math` gets the TeX and whether it stands on its own line, `link` the text and the
    address, `fence` the code and its language, `items` the items and whether they are
    numbered, `join` the blocks of the whole.
    """

    text: Callable[[str], str]
    em: Callable[[str], str]
    strong: Callable[[str], str]
    code: Callable[[str], str]
    math: Callable[[str, bool], str]
    link: Callable[[str, str], str]
    fence: Callable[[str, str], str]
    paragraph: Callable[[str], str]
    items: Callable[[list[str], bool], str]
    join: Callable[[list[str]], str]


def write(text: str, dialect: Dialect) -> str:
    """One text of a card in a dialect.

    Raises:
        ValueError: it holds something that other programs cannot be given.
    """
    tree = SyntaxTreeNode(_parser().parse(text))
    return dialect.join(_blocks(tree, dialect))


@cache
def _parser() -> MarkdownIt:
    config = MdParserConfig(enable_extensions=set(extensions()))
    return create_md_parser(config, RendererHTML)


def _blocks(node: SyntaxTreeNode, to: Dialect) -> list[str]:
    made = []
    for block in node.children:
        match block.type:
            case "paragraph":
                made.append(to.paragraph(_inline(block.children[0], to)))
            case "fence" | "code_block":
                language = block.info.split()[0] if block.info else ""
                made.append(to.fence(block.content.rstrip("\n"), language))
            case "math_block" | "amsmath":
                made.append(to.paragraph(to.math(block.content.strip(), True)))
            case "bullet_list" | "ordered_list":
                items = [to.join(_blocks(item, to)) for item in block.children]
                made.append(to.items(items, block.type == "ordered_list"))
            case other:
                raise ValueError(_refused(other))
    return made


_ROLES = {"term", "ref", "doc", "abbr", "kbd"}


def _inline(node: SyntaxTreeNode, to: Dialect) -> str:
    made = ""
    for piece in node.children:
        match piece.type:
            case "text" | "text_special":
                made += to.text(piece.content)
            case "softbreak" | "hardbreak":
                made += to.text(" ")
            case "em":
                made += to.em(_inline(piece, to))
            case "strong":
                made += to.strong(_inline(piece, to))
            case "code_inline":
                made += to.code(piece.content)
            case "math_inline" | "math_inline_double":
                made += to.math(piece.content.strip(), piece.type.endswith("double"))
            case "link":
                made += _link(piece, to)
            case "myst_role" if piece.meta["name"] in _ROLES:
                # A reference becomes its text: there are no other pages here.
                made += to.text(_shown(piece.meta["name"], piece.content))
            case "myst_role":
                raise ValueError(_refused(f"{{{piece.meta['name']}}}"))
            case other:
                raise ValueError(_refused(other))
    return made


def _shown(role: str, content: str) -> str:
    end = r"\s*\([^()]*\)$" if role == "abbr" else r"\s*<[^<>]*>$"
    return re.sub(end, "", content)


def _link(node: SyntaxTreeNode, to: Dialect) -> str:
    text, address = _inline(node, to), str(node.attrs["href"])
    return to.link(text, address) if address.startswith("http") else text


def _refused(what: str) -> str:
    return f"'{what}' has no form outside the pages: say it in words"
