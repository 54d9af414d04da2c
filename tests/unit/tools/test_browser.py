"""The choice of a browser, and what is said where there is none."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tools import browser


class Chromium:
    """Starts the executables that it is given, and no others."""

    def __init__(self, *working: str | None) -> None:
        self.working = working
        self.chromium = self

    def launch(self, executable_path: str | None, args: list[str]) -> str:
        if executable_path not in self.working:
            raise Error("requires the chromium snap to be installed")
        return f"browser at {executable_path}"


@pytest.fixture
def system(tmp_path, monkeypatch) -> Path:
    """A machine on which `chromium` and `google-chrome` are found, and no more."""
    for name in ("chromium", "google-chrome"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_stub_is_passed_over(system):
    chrome = str(system / "google-chrome")
    assert browser.launch(Chromium(chrome, None)) == f"browser at {chrome}"


def test_playwrights_own_comes_last(system):
    assert browser.launch(Chromium(None)) == "browser at None"


def test_machine_without_browser_is_told_the_command(system):
    with pytest.raises(browser.NoBrowserError, match="run `make chromium`"):
        browser.launch(Chromium())


@pytest.mark.parametrize(
    ("user", "debian", "expected"),
    [
        (0, True, ["apt-get", "--with-deps chromium", "install chromium"]),
        (0, False, ["--with-deps chromium", "install chromium"]),
        (1000, True, ["install chromium"]),
    ],
)
def test_ways_to_a_browser(user, debian, expected, monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: user)
    monkeypatch.setattr(browser, "is_debian", lambda: debian)
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(browser.sys, "platform", "linux")
    ways = [" ".join(commands[-1]) for commands in browser.ways()]
    assert len(ways) == len(expected)
    assert all(part in way for part, way in zip(expected, ways, strict=True))


def test_failed_installation_is_shown_and_the_next_way_tried(
    tmp_path, monkeypatch, capfd
):
    mark = tmp_path / "installed"
    fails = [sys.executable, "-c", "raise SystemExit('no such package')"]
    works = [sys.executable, "-c", f"open({str(mark)!r}, 'w')"]
    monkeypatch.setattr(browser, "starts", mark.exists)
    monkeypatch.setattr(browser, "ways", lambda: [[fails], [works]])
    assert browser.main() == 0
    assert "no such package" in capfd.readouterr().err


def test_failure_says_what_to_do(monkeypatch, capfd):
    monkeypatch.setattr(browser, "starts", lambda: False)
    monkeypatch.setattr(browser, "ways", lambda: [])
    assert browser.main() == 1
    assert "playwright install --with-deps chromium" in capfd.readouterr().err
