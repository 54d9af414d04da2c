"""What the cards and the quiz add to a chapter's page."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from _ext.study import GENERATORS
from _ext.study.slim import BUNDLES

LIMIT = 15_000  # bytes, gzipped


def test_weight_of_cards_and_quiz(site: Path) -> None:
    """Scripts and style of the study system, on each page that has cards."""
    weights = {}
    for page in sorted((site / "chapters").rglob("*.html")):
        text = page.read_text("utf-8")
        if 'class="study-card' not in text:
            continue
        soup = BeautifulSoup(text, "html.parser")
        sent = {}
        for script in soup.select("script[src]"):
            file = page.parent / urlsplit(script["src"]).path
            sent[file.name] = file.read_bytes()
        for style in soup.select("style[data-file]"):
            sent[style["data-file"]] = style.text.encode()
        ours = sent.keys() & {*BUNDLES, GENERATORS}
        assert {"study.js", "study.css"} <= ours
        weights[page.stem] = sum(len(gzip.compress(sent[name], 9)) for name in ours)
    assert weights
    assert {name: n for name, n in weights.items() if n > LIMIT} == {}
