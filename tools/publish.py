"""Publishes the built site: one commit on the branch that the pages come from.

The wheels of earlier publications stay beside the new one, the newest of them, so
that a notebook which a learner saved still finds the helpers that it was made for.
It needs PyYAML and git only: what is published was built and tested elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tools.notebooks.address import WHEELS, AddressError, find_address

ROOT = Path(__file__).resolve().parents[1]

KEPT_WHEELS = 20


def publish(html: Path, repository: Path, branch: str) -> bool:
    """Push the files of `html` to `branch` of the origin of `repository`.

    Returns whether there was anything new.

    Raises:
        subprocess.CalledProcessError: git refused, with its message in `stderr`.
    """
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "pages"
        _check_out(repository, branch, tree)
        try:
            wheels = _newest_wheels(tree)
            for path in tree.iterdir():
                if path.name != ".git":
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(html, tree, dirs_exist_ok=True)
            for name, content in wheels.items():
                (tree / WHEELS / name).write_bytes(content)
            (tree / ".nojekyll").touch()
            _git(tree, "add", "--all", "--force")
            if not _git(tree, "status", "--porcelain"):
                return False
            source = _git(repository, "rev-parse", "--short", "HEAD")
            _git(tree, "commit", "--quiet", "--message", f"Publish {source}")
            _git(tree, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
            return True
        finally:
            _git(repository, "worktree", "remove", "--force", str(tree))


def _git(folder: Path, *arguments: str) -> str:
    """Run git in `folder` and return what it prints."""
    command = ["git", "-C", str(folder), *arguments]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return run.stdout.strip()


def _check_out(repository: Path, branch: str, tree: Path) -> None:
    """Check `branch` of the origin out at `tree`, empty if there is none yet."""
    if _git(repository, "ls-remote", "origin", f"refs/heads/{branch}"):
        _git(repository, "fetch", "--quiet", "origin", branch)
        _git(repository, "worktree", "add", "--detach", str(tree), "FETCH_HEAD")
    else:
        empty = _git(repository, "hash-object", "-t", "tree", "-w", os.devnull)
        start = _git(repository, "commit-tree", "-m", "Begin the pages", empty)
        _git(repository, "worktree", "add", "--detach", str(tree), start)


def _newest_wheels(tree: Path) -> dict[str, bytes]:
    """Return the wheels published last, by name, without room for the new one."""
    ages = {}
    for file in (tree / WHEELS).glob("*.whl"):
        name = file.relative_to(tree).as_posix()
        ages[file] = int(_git(tree, "log", "-1", "--format=%ct", "--", name))
    newest = sorted(ages, key=lambda file: (-ages[file], file.name))
    return {file.name: file.read_bytes() for file in newest[: KEPT_WHEELS - 1]}


def main() -> int:
    """Publish the site of the last build; return the exit status."""
    html = ROOT / "_build/html"
    if not (html / "index.html").exists():
        print("there is no site in _build/html: run 'make book'", file=sys.stderr)
        return 1
    try:
        settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
        branch = find_address(settings, os.environ).branch
        new = publish(html, ROOT, branch)
    except AddressError as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"{' '.join(error.cmd)}: {error.stderr.strip()}", file=sys.stderr)
        return 1
    print(f"published on {branch}" if new else f"{branch} has this site already")
    return 0


if __name__ == "__main__":
    sys.exit(main())
