"""The one place where a notebook needs HTML: the line that opens a `<details>`."""

from __future__ import annotations

import html
import re

PART = re.compile(
    r"(?P<maths>\$[^$]+\$)|`(?P<code>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*|\*(?P<it>[^*]+)\*"
    r"|\[(?P<text>[^\]]*)\]\((?P<url>[^)]*)\)"
)


def summary(text: str) -> str:
    """Return a line of Markdown as the HTML of a `<summary>`."""
    out, end = [], 0
    for found in PART.finditer(text):
        out.append(html.escape(text[end : found.start()], quote=False))
        out.append(_part(found))
        end = found.end()
    return "".join([*out, html.escape(text[end:], quote=False)])


def _part(found: re.Match[str]) -> str:
    """Return one marked part of the line."""
    if found["maths"]:
        return html.escape(found["maths"], quote=False)
    if found["text"] is not None:
        url = html.escape(found["url"])
        return f'<a href="{url}">{html.escape(found["text"], quote=False)}</a>'
    for name, tag in (("code", "code"), ("bold", "b"), ("it", "i")):
        if found[name]:
            return f"<{tag}>{html.escape(found[name], quote=False)}</{tag}>"
    raise AssertionError(found)
