"""What a page turns into: Markdown, code cells, and equations in between."""

from __future__ import annotations

from dataclasses import dataclass

from tools.notebooks.context import Context


@dataclass(frozen=True)
class CodePiece:
    """A code cell that a directive turns into."""

    text: str


Piece = str | CodePiece


def equation(tex: str, label: str, line: int, context: Context, nested: bool) -> str:
    """Return the display of `tex`, with the number of `label` if it has one.

    Within another block it stands on one line: Jupyter takes the formula out of the
    text before it knows of quotations, whose marks would stay in it.
    """
    if r"\\" in tex and r"\begin{" not in tex:
        tex = f"\\begin{{aligned}}\n{tex}\n\\end{{aligned}}"
    if label:
        target = context.index.equations.get(label.lower())
        if not target:
            context.fail(line, f"'{label}' is no equation of the book's last build")
        tex += f" \\tag{{{target.number.strip('()')}}}"
    if nested:
        return f"$${' '.join(tex.split())}$$"
    return f"$$\n{tex}\n$$"
