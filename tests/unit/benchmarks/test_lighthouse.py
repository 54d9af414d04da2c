"""Lighthouse's reports as rows, without running it."""

from __future__ import annotations

import gzip
import urllib.request
from pathlib import Path

from benchmarks import lighthouse
from tools.local import served
from tools.pages import ROOT


def report(score: float, blocked: float) -> dict:
    audits = {key: {"numericValue": blocked} for key in lighthouse.AUDITS.values()}
    return {
        "categories": {key: {"score": score} for key in lighthouse.CATEGORIES},
        "audits": audits,
    }


def test_row_has_the_medians():
    reports = [report(0.9, 10), report(1, 30), report(0.96, 20)]
    row = lighthouse.row(Path("chapters/index.md"), "desktop", reports)
    assert row["page"] == "chapters/index"
    assert row["performance"] == 96
    assert row["blocked ms"] == 20


def test_the_pages_that_do_most_are_measured():
    measured = [page.with_suffix("").as_posix() for page in lighthouse.pages(ROOT)]
    assert measured[0] == "chapters/index"
    assert "chapters/foundations/backpropagation" in measured
    reference = {name for name in measured if name.startswith("chapters/reference/")}
    assert reference == {f"chapters/reference/{n}" for n in lighthouse.REFERENCE}


def test_a_failed_installation_is_one_clear_row(monkeypatch):
    def fail(folder: Path) -> Path:
        raise FileNotFoundError("npm")

    monkeypatch.setattr(lighthouse, "install", fail)
    (row,) = lighthouse.measure()
    assert row == {"not measured": "npm could not install lighthouse@12: npm"}


def test_text_is_served_packed(tmp_path):
    (tmp_path / "page.html").write_text("text")
    with served(tmp_path, lighthouse.PackingHandler) as address:
        answer = urllib.request.urlopen(f"{address}/page.html?v=1")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()) == b"text"
