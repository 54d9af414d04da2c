"""The saved form of an interactive picture: HTML that holds all its frames.

Without script it is the first frame and its sentence. The book takes the frames
out of the JSON block, writes them to files and adds the controls.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utils.explore._explorer import Explorer

JSON_BLOCK = '<script type="application/json" class="explore-frames">'


def to_html(explorer: Explorer) -> str:
    """Return the HTML: no random ids, the same bytes for the same frames."""
    film, frame = explorer.film, explorer.first_frame
    images = list(dict.fromkeys(frame.image for frame in film.frames))
    content = {
        "width": film.width,
        "height": film.height,
        "start": list(explorer.start),
        "controls": [
            {"kind": c.kind, "label": c.label, "labels": list(c.labels)}
            for c in explorer.controls
        ],
        "frames": [[images.index(f.image), f.sentence] for f in film.frames],
        "images": [base64.b64encode(image).decode() for image in images],
    }
    block = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    block = block.replace("<", "\\u003c")
    name = hashlib.sha256(block.encode()).hexdigest()[:12]
    source = content["images"][images.index(frame.image)]
    return (
        f'<div class="explore" id="explore-{name}">'
        f'<img src="data:image/webp;base64,{source}" alt="{escape(frame.sentence)}" '
        f'width="{film.width}" height="{film.height}" style="max-width:100%;'
        f'height:auto"><p>{escape(frame.sentence)}</p>'
        f"{JSON_BLOCK}{block}</script></div>"
    )
