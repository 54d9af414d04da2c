"""Translates each role of the closed list into plain Markdown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from tools.notebooks.context import Context
from tools.notebooks.index import Target, site_url

TITLED = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", re.S)
Role = Callable[[str, int, Context], str]


def translate_role(name: str, content: str, line: int, context: Context) -> str:
    """Return what the role `name` with `content`, at `line`, says in Markdown.

    Raises:
        SourceError: the role is not in the closed list, or leads nowhere.
    """
    role = ROLES.get(name)
    if role is None:
        known = ", ".join(sorted(ROLES))
        context.fail(line, f"unknown role {{{name}}}: a notebook knows {known}")
    return role(content, line, context)


def _split(content: str) -> tuple[str, str]:
    """Split `text <target>` into both; the text is empty where there is none."""
    found = TITLED.fullmatch(content)
    return (found["text"], found["target"]) if found else ("", content)


def _linked(text: str, target: Target, context: Context) -> str:
    """Return a link to `target` on the site."""
    return f"[{text}]({site_url(context.site, target)})"


def _label(name: str, line: int, context: Context) -> Target:
    """Return the target of a label."""
    found = context.index.labels.get(name.lower())
    if not found:
        message = (
            f"'{name}' is no label of the book's last build: mend it or build again"
        )
        context.fail(line, message)
    return found


def _ref(content: str, line: int, context: Context) -> str:
    """`{ref}`: the title of a section or figure."""
    text, name = _split(content)
    target = _label(name, line, context)
    return _linked(text or target.text, target, context)


def _numref(content: str, line: int, context: Context) -> str:
    """`{numref}`: the number of a figure, in its usual or in a given form."""
    text, name = _split(content)
    target = _label(name, line, context)
    number = re.sub(r"^\D*", "", target.number)
    if text and number:
        text = text.replace("%s", number).replace("{number}", number)
        text = text.replace("{name}", target.text)
    else:
        text = target.number or "the figure"
    return _linked(text, target, context)


def _eq(content: str, line: int, context: Context) -> str:
    """`{eq}`: the number of an equation."""
    target = context.index.equations.get(content.lower())
    if not target:
        context.fail(line, f"'{content}' is no equation of the book's last build")
    return _linked(target.number, target, context)


def _term(content: str, line: int, context: Context) -> str:
    """`{term}`: a word of the glossary."""
    text, name = _split(content)
    target = context.index.terms.get(name.lower())
    if not target:
        context.fail(line, f"'{name}' is no term of the glossary")
    return _linked(text or name, target, context)


def _doc(content: str, line: int, context: Context) -> str:
    """`{doc}`: the title of a page."""
    text, name = _split(content)
    folder = posixpath.dirname(context.page)
    page = name[1:] if name.startswith("/") else posixpath.join(folder, name)
    page = posixpath.normpath(page)
    if page not in context.index.pages:
        context.fail(line, f"'{name}' is no page of the book")
    target = Target(page, "", context.index.pages[page])
    return _linked(text or target.text, target, context)


def _cite(content: str, line: int, context: Context, *, textual: bool) -> str:
    """`{cite}`: author and year, linked to the list of references."""
    works = []
    for key in (part.strip() for part in content.split(",")):
        work = context.index.citations.get(key.lower())
        if not work:
            context.fail(line, f"'{key}' is no work cited in the book's last build")
        url = site_url(context.site, work)
        label = f"{work.authors} ({work.year})" if textual else None
        works.append(f"[{label or f'{work.authors}, {work.year}'}]({url})")
    return ", ".join(works) if textual else f"({'; '.join(works)})"


def _cite_p(content: str, line: int, context: Context) -> str:
    """`{cite:p}`: in brackets."""
    return _cite(content, line, context, textual=False)


def _cite_t(content: str, line: int, context: Context) -> str:
    """`{cite:t}`: as part of the sentence."""
    return _cite(content, line, context, textual=True)


ROLES: dict[str, Role] = {
    "ref": _ref,
    "numref": _numref,
    "eq": _eq,
    "term": _term,
    "doc": _doc,
    "cite": _cite_p,
    "cite:p": _cite_p,
    "cite:t": _cite_t,
    "math": lambda content, line, context: f"${content}$",
    "kbd": lambda content, line, context: f"`{content}`",
    "abbr": lambda content, line, context: content,
}
"""The closed list: every role that a page with a notebook may use."""
