"""Publishing to a branch of a repository that stands in for the real one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import publish as tool
from tools.pages import ROOT
from tools.publish import publish


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder`."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one commit, and an origin."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Tester")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "tester@example.org")
    folder = tmp_path / "course"
    git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "course")
    (folder / "README.md").write_text("Source\n", encoding="utf-8")
    git(folder, "add", "README.md")
    git(folder, "commit", "--quiet", "-m", "Begin")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    return folder


def build(html: Path, wheel: str, pages: dict[str, str]) -> None:
    """Write a site with one wheel."""
    subprocess.run(["rm", "-rf", str(html)], check=True)
    (html / "notebooks/wheel").mkdir(parents=True)
    (html / "notebooks/wheel" / wheel).write_text(wheel, encoding="utf-8")
    for name, text in pages.items():
        (html / name).write_text(text, encoding="utf-8")


def published(repository: Path) -> list[str]:
    """Return the files on the branch of the origin."""
    origin = repository.parent / "origin.git"
    return git(origin, "ls-tree", "-r", "--name-only", "pages").split()


def test_replaces_the_site_and_keeps_the_newest_wheels(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that are gone go; wheels stay until there are too many."""
    monkeypatch.setattr(tool, "KEPT_WHEELS", 2)
    html = tmp_path / "html"
    build(html, "a-1.whl", {"index.html": "1", "old.html": "1"})
    assert publish(html, repository, "pages")
    assert published(repository) == [
        ".nojekyll",
        "index.html",
        "notebooks/wheel/a-1.whl",
        "old.html",
    ]
    assert not publish(html, repository, "pages")

    for number in ("2", "3"):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"203{number}-01-01T00:00:00Z")
        build(html, f"a-{number}.whl", {"index.html": number})
        assert publish(html, repository, "pages")
    assert published(repository) == [
        ".nojekyll",
        "index.html",
        "notebooks/wheel/a-2.whl",
        "notebooks/wheel/a-3.whl",
    ]
    origin = repository.parent / "origin.git"
    assert git(origin, "show", "pages:index.html") == "3"
    assert len(git(origin, "log", "--format=%s", "pages").splitlines()) == 4


def test_leaves_the_checkout_as_it_was(repository: Path, tmp_path: Path) -> None:
    """No branch, no worktree, no change stays behind, also when the push fails."""
    before = git(repository, "branch", "--list")
    build(tmp_path / "html", "a-1.whl", {"index.html": "1"})
    publish(tmp_path / "html", repository, "pages")
    hook = repository.parent / "origin.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    build(tmp_path / "html", "a-2.whl", {"index.html": "2"})
    with pytest.raises(subprocess.CalledProcessError):
        publish(tmp_path / "html", repository, "pages")
    assert git(repository, "branch", "--list") == before
    assert git(repository, "status", "--porcelain") == ""
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_needs_nothing_that_builds_a_book() -> None:
    """It runs where only PyYAML is installed: the site is already built."""
    program = (
        "import sys, tools.publish\n"
        "heavy = {'docutils', 'jupyter_cache', 'nbformat', 'sphinx', 'utils'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
