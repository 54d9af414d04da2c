"""Builds the wheel of `utils`, with a version that follows from its content."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

EPOCH = "1767225600"
"""2026-01-01, the time that every file in the wheel bears."""

KEPT = 5
"""How many wheels, of earlier states of the helpers, stay on the disk."""

PACKAGE = ("pyproject.toml", "utils", "LICENSE*")
VERSION = re.compile(r'^version = "(?P<base>[^"+]+)"$', re.M)


class WheelError(Exception):
    """The wheel could not be built; the message is pip's or the builder's last line."""


@dataclass(frozen=True)
class Wheel:
    """A built wheel: the distribution's name, its full version, the file."""

    name: str
    version: str
    file: Path

    @property
    def quoted(self) -> str:
        """The name of the file as it stands in an address."""
        return quote(self.file.name)


def build_wheel(root: Path, keep: Path) -> Wheel:
    """Return the wheel of the helpers in `root`, built unless it is in `keep`.

    The version is that of pyproject.toml with `+h` and twelve hexadecimal digits of
    the SHA-256 of all that is in the wheel. The same content gives the same bytes.

    Raises:
        WheelError: the build failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "source"
        _stage(root, stage)
        settings = stage / "pyproject.toml"
        text = settings.read_text(encoding="utf-8")
        name = tomllib.loads(text)["project"]["name"]
        digest = _digest(stage)
        text, count = VERSION.subn(rf'version = "\g<base>+h{digest}"', text)
        if count != 1:
            raise WheelError("pyproject.toml: expected one line 'version = \"…\"'")
        settings.write_text(text, encoding="utf-8")
        version = tomllib.loads(text)["project"]["version"]
        file = keep / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        if not file.exists():
            _build(stage, Path(folder) / "out", file)
    return Wheel(name, version, file)


def _stage(root: Path, stage: Path) -> None:
    """Copy what belongs into the wheel to `stage`, with equal permissions."""
    stage.mkdir()
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
    for pattern in PACKAGE:
        for source in sorted(root.glob(pattern)):
            target = stage / source.name
            if source.is_dir():
                shutil.copytree(source, target, ignore=ignore)
            else:
                shutil.copy(source, target)
    for path in stage.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _digest(stage: Path) -> str:
    """Return twelve hexadecimal digits that follow from every file in `stage`."""
    total = hashlib.sha256()
    for file in sorted(path for path in stage.rglob("*") if path.is_file()):
        name = file.relative_to(stage).as_posix()
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()[:12]


def _build(stage: Path, out: Path, file: Path) -> None:
    """Build the wheel of `stage` and move it to `file`."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    run = subprocess.run(
        [*command, "--outdir", str(out), str(stage)],
        capture_output=True,
        text=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
    )
    if run.returncode:
        lines = (run.stdout + run.stderr).strip().splitlines() or ["no message"]
        raise WheelError(f"the wheel of utils was not built: {lines[-1]}")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    shutil.move(next(out.glob("*.whl")), part)
    part.replace(file)
    for old in sorted(file.parent.glob("*.whl"), key=_age)[:-KEPT]:
        old.unlink()


def _age(file: Path) -> float:
    """Return when `file` was written."""
    return file.stat().st_mtime
