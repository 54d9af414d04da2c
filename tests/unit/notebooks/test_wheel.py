"""The wheel: all that is staged, under a version that follows from it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tools.notebooks.wheel import WheelError, build_wheel
from tools.pages import ROOT

CARDS = "utils/study/rendered/topic.json"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course with code, data, cards and a style, packaged as the real one."""
    root = tmp_path / "course"
    (root / "utils/study").mkdir(parents=True)
    (root / "utils/datasets").mkdir()
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    (root / "utils/__init__.py").write_text("", encoding="utf-8")
    (root / "utils/course.mplstyle").write_text("axes.grid: True\n", encoding="utf-8")
    (root / "utils/study/__init__.py").write_text("", encoding="utf-8")
    (root / "utils/datasets/a.gz").write_bytes(b"1")
    (root / CARDS).parent.mkdir()
    (root / CARDS).write_text("{}", encoding="utf-8")
    (root / "utils/__pycache__").mkdir()
    (root / "utils/__pycache__/x.pyc").write_bytes(b"1")
    return root


def test_holds_everything_and_is_the_same_twice(course: Path, tmp_path: Path) -> None:
    """Code, data and cards are in it; a second build gives the same bytes."""
    first = build_wheel(course, tmp_path / "a")
    (course / "utils/course.mplstyle").touch()
    (course / "utils/course.mplstyle").chmod(0o600)
    second = build_wheel(course, tmp_path / "b")
    assert first.version == second.version
    assert first.file.read_bytes() == second.file.read_bytes()
    assert first.version.startswith("0.1.0+h")
    assert first.quoted.endswith(
        f"{first.version.replace('+', '%2B')}-py3-none-any.whl"
    )
    names = zipfile.ZipFile(first.file).namelist()
    assert [name for name in names if name.startswith("utils/")] == [
        "utils/__init__.py",
        "utils/course.mplstyle",
        "utils/datasets/a.gz",
        "utils/study/__init__.py",
        CARDS,
    ]


@pytest.mark.parametrize("changed", ["utils/__init__.py", "utils/datasets/a.gz", CARDS])
def test_any_change_is_another_version(
    course: Path, tmp_path: Path, changed: str
) -> None:
    """Code, data and cards each decide the version; an equal one is not rebuilt."""
    keep = tmp_path / "keep"
    before = build_wheel(course, keep)
    stamp = before.file.stat().st_mtime_ns
    assert build_wheel(course, keep) == before
    assert before.file.stat().st_mtime_ns == stamp
    (course / changed).write_text("# changed", encoding="utf-8")
    assert build_wheel(course, keep).version != before.version


def test_a_failed_build_is_one_line(course: Path, tmp_path: Path) -> None:
    """A broken pyproject.toml is named, and no file is left."""
    settings = course / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('license = "MIT"', "license = 3"), encoding="utf-8"
    )
    with pytest.raises(WheelError, match=r"^the wheel of utils was not built: .+"):
        build_wheel(course, tmp_path / "keep")
    assert not (tmp_path / "keep").exists()
    settings.write_text(text.replace('version = "0', 'version="0'), encoding="utf-8")
    with pytest.raises(WheelError, match="expected one line"):
        build_wheel(course, tmp_path / "keep")
