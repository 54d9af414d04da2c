"""The icons of the pages: outlines on a grid of 24, drawn for this course."""

from __future__ import annotations

from urllib.parse import quote

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' "
    "stroke='#000' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'>"
    "<path d='{path}'/></svg>"
)

ICONS = {
    "angle-left": "M15 5l-7 7 7 7",
    "angle-right": "M9 5l7 7-7 7",
    "arrow-up": "M12 20V4M5 11l7-7 7 7",
    "bars": "M4 6h16M4 12h16M4 18h16",
    "bulb": "M9 18h6M10 21h4M8 14a6 6 0 1 1 8 0c-1 1-1 2-1 4H9c0-2 0-3-1-4z",
    "chevron-down": "M6 9l6 6 6-6",
    "circle-half-stroke": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M14 5v14"
    "M16 6v12M18 8v8",
    "code": "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 4l-3 16",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "exclamation": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v6M12 16.5v.5",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.5",
    "list": "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
    "magnifying-glass": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
    "moon": "M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10z",
    "play": "M7 4l13 8-13 8z",
    "rocket": "M12 15l-3-3c1-5 5-9 11-9 0 6-4 10-9 11z"
    "M9 12l-5 1 3-4M12 15l-1 5 4-3M4 20l3-3",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2"
    "M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
    "triangle": "M12 4L2 20h20zM12 10v5M12 17.5v.1",
    "xmark": "M5 5l14 14M19 5L5 19",
}
"""What the theme calls each icon, and its outline."""


def style_sheet() -> str:
    """Return the rules that show the icons in the colour of the text around them."""
    root = "".join(
        f'--icon-{name}:url("data:image/svg+xml,{quote(SVG.format(path=path))}");'
        for name, path in ICONS.items()
    )
    classes = "".join(f".fa-{name}{{--icon:var(--icon-{name})}}" for name in ICONS)
    return f":root{{{root}}}{classes}"
