"""The dialect of HTML: for Anki with MathJax, for paper with KaTeX."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tools.decks.markdown import Dialect


def mathjax(tex: str, display: bool) -> str:
    """A formula as Anki hands it to MathJax."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{escape(tex, quote=False)}{right}"


def katex(tex: str, display: bool) -> str:
    """An element that a page with KaTeX fills with the formula."""
    style = " data-display" if display else ""
    return f'<span class="math"{style}>{escape(tex, quote=False)}</span>'


def dialect(
    math: Callable[[str, bool], str],
    text: Callable[[str], str] = lambda s: escape(s, quote=False),
    code: Callable[[str], str] = lambda s: escape(s, quote=False),
) -> Dialect:
    """HTML with formulas, text and code written by these functions."""
    return Dialect(
        text=text,
        em=lambda s: f"<em>{s}</em>",
        strong=lambda s: f"<strong>{s}</strong>",
        code=lambda s: f"<code>{code(s)}</code>",
        math=math,
        link=lambda s, address: f'<a href="{escape(address)}">{s}</a>',
        fence=lambda s, language: f"<pre><code>{code(s)}</code></pre>",
        paragraph=lambda s: f"<p>{s}</p>",
        items=_items,
        join="".join,
    )


def _items(items: list[str], numbered: bool) -> str:
    tag = "ol" if numbered else "ul"
    rows = (item.removeprefix("<p>").removesuffix("</p>") for item in items)
    return f"<{tag}>{''.join(f'<li>{row}</li>' for row in rows)}</{tag}>"


ANKI = dialect(mathjax)
SHEETS = dialect(katex)
