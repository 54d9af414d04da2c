"""The command line that makes the notebooks again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.notebooks import __main__ as command


def test_without_a_build_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers and titles come from a build: without one there is one line."""
    monkeypatch.setattr(command, "INDEX", tmp_path / "notebook-index.json")
    assert command.main(["--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said == "there is no index of the book yet: run 'make preview'\n"
