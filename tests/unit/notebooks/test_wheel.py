"""The wheel: all that is staged, under a version that follows from it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from tools.notebooks.wheel import WheelError, build_wheel
from tools.pages import ROOT

LICENCES = ["LICENSE", "LICENSE-CODE", "utils/datasets/README.md"]
CARDS = "utils/study/rendered/topic.json"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course with code, data, cards and a style, packaged as the real one."""
    root = tmp_path / "course"
    (root / "utils/study").mkdir(parents=True)
    (root / "utils/datasets").mkdir()
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    for name in LICENCES:
        shutil.copy(ROOT / name, root / name)
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
        "utils/datasets/README.md",
        "utils/datasets/a.gz",
        "utils/study/__init__.py",
        CARDS,
    ]


def test_says_every_licence_of_what_it_holds(course: Path, tmp_path: Path) -> None:
    """Of the code, the cards and each set of data, with the files that say more."""
    archive = zipfile.ZipFile(build_wheel(course, tmp_path / "keep").file)
    (name,) = (n for n in archive.namelist() if n.endswith("/METADATA"))
    metadata = message_from_bytes(archive.read(name))
    assert metadata.get_all("License-File") == LICENCES
    for file in LICENCES:
        stored = name.replace("METADATA", f"licenses/{file}")
        assert archive.read(stored) == (ROOT / file).read_bytes()
    data = (ROOT / "utils/datasets/README.md").read_text(encoding="utf-8")
    named = re.findall(r"creativecommons\.org/\w+/([a-z-]+)/([\d.]+)/", data)
    spdx = {"MIT", "CC-BY-4.0"} | {
        f"CC-{kind.upper()}-{version}".replace("CC-ZERO", "CC0")
        for kind, version in named
    }
    assert set(metadata["License-Expression"].split(" AND ")) == spdx
    assert len(spdx) == 4


def test_a_checkout_with_other_line_ends_has_the_same_bytes(tmp_path: Path) -> None:
    """The version follows from them, so git must not change them on Windows."""
    source = tmp_path / "source"
    source.mkdir()
    for name in (".gitattributes", "LICENSE-CODE", "utils/datasets/cat.png"):
        shutil.copy(ROOT / name, source)
    author = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        [*author, "commit", "--quiet", "-m", "Begin"],
        ["clone", "--quiet", "-c", "core.autocrlf=true", ".", "../clone"],
    ):
        subprocess.run(["git", "-C", str(source), *command], check=True)
    for file in ("LICENSE-CODE", "cat.png"):
        assert (tmp_path / "clone" / file).read_bytes() == (source / file).read_bytes()


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
        text.replace('license = "MIT', 'license = "GPL-99'), encoding="utf-8"
    )
    with pytest.raises(WheelError, match=r"^the wheel of utils was not built: .+"):
        build_wheel(course, tmp_path / "keep")
    assert not (tmp_path / "keep").exists()
    settings.write_text(text.replace('version = "0', 'version="0'), encoding="utf-8")
    with pytest.raises(WheelError, match="expected one line"):
        build_wheel(course, tmp_path / "keep")
