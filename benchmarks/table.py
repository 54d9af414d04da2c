"""Rows of a measurement as a table in plain text."""

from __future__ import annotations

Row = dict[str, str | int | float]


def render(rows: list[Row]) -> str:
    """Return the rows under their keys; numbers to the right, text to the left."""
    heads = list(rows[0])
    texts = [[_text(row[head]) for head in heads] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *texts, strict=True)]
    numeric = [not isinstance(rows[0][head], str) for head in heads]
    return "\n".join(
        "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in [heads, *texts]
    )


def _text(value: str | int | float) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else value
