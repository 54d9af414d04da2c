"""The running text of a paragraph, line by line, without its markup."""

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

STAND_IN = "¤"
"""What stands for a formula, a code span or a role: it is read as one word."""

RUN_IN_END = re.compile(r"[.!?]$")


@dataclass
class Prose:
    """One paragraph or list item: `lines` are its source lines, markup taken away.

    `roles` holds (line, role, content), `images` (line, address), `html` the lines
    with raw HTML, and `broken` the lines on which a display formula stands inside the
    paragraph. `item` is true for the first paragraph of an item of an outermost list.
    """

    line: int
    item: bool = False
    lines: list[str] = field(default_factory=lambda: [""])
    roles: list[tuple[int, str, str]] = field(default_factory=list)
    images: list[tuple[int, str]] = field(default_factory=list)
    html: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole paragraph in one line."""
        return " ".join(self.lines)

    def numbered(self) -> list[tuple[int, str]]:
        """Return each line with its number in the file."""
        return list(enumerate(self.lines, self.line))


def read_prose(token: Token, line: int, item: bool) -> Prose:
    """Read an inline token whose first source line is `line`."""
    prose = Prose(line, item)
    opened_at: int | None = None
    here = line
    for child in token.children or []:
        kind, last = child.type, prose.lines[-1]
        if kind in ("softbreak", "hardbreak"):
            prose.lines.append("")
            here += 1
        elif kind == "text":
            prose.lines[-1] += child.content
        elif kind in ("strong_open", "em_open"):
            opened_at = len(last)
        elif kind in ("strong_close", "em_close"):
            if opened_at == 0:  # a run-in heading ends no sentence
                prose.lines[-1] = RUN_IN_END.sub(":", last)
        elif kind == "myst_role":
            prose.roles.append((here, child.meta["name"], child.content))
            prose.lines[-1] += STAND_IN
        elif kind in ("code_inline", "math_inline", "image"):
            if kind == "math_inline" and child.content.startswith("\n"):
                prose.broken.append(here)
            if kind == "image":
                prose.images.append((here, str(child.attrs["src"])))
            prose.lines[-1] += STAND_IN
            prose.lines += [""] * child.content.count("\n")
            here += child.content.count("\n")
        elif kind == "html_inline":
            prose.html.append(here)
    return prose
