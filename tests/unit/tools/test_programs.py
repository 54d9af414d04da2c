"""The programs that some tests need, and what is said where one is missing."""

import shlex
import sys
from pathlib import Path

import pytest

from tests.programs import need
from tools import programs

DRAWS = 'while [ $# -gt 1 ]; do [ "$1" = --screenshot ] && : > "$2"; shift; done'
STUB = "echo Command requires the firefox snap to be installed. >&2; exit 1"


@pytest.fixture
def commands(tmp_path, monkeypatch) -> Path:
    """The only folder in which commands are found; it is empty."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("EVERY_TEST", raising=False)
    monkeypatch.setattr(programs, "is_debian", lambda: True)
    monkeypatch.setattr(programs.os, "geteuid", lambda: 1000)
    mac = programs.PROGRAMS["firefox"].names[-1]
    which = programs.shutil.which
    monkeypatch.setattr(
        programs.shutil, "which", lambda name: None if name == mac else which(name)
    )
    programs.find.cache_clear()
    yield folder
    programs.find.cache_clear()


def add(folder: Path, name: str, script: str) -> str:
    """Put a command into the folder."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_stub_of_firefox_is_passed_over(commands):
    add(commands, "firefox-esr", STUB)
    real = add(commands, "firefox", DRAWS)
    assert programs.find("firefox") == real


def test_emacs_must_have_org_drill(commands):
    add(commands, "emacs", "exit 255")
    assert programs.find("emacs") is None


def test_emacs_with_org_drill_is_found(commands):
    real = add(commands, "emacs", "case $* in *org-drill*) exit 0;; esac; exit 1")
    assert programs.find("emacs") == real


def test_program_that_hangs_does_not_work(commands, monkeypatch):
    monkeypatch.setattr(programs, "START_S", 0.01)
    code = "import signal; signal.pause()"
    add(commands, "emacs", shlex.join(["exec", sys.executable, "-c", code]))
    assert programs.find("emacs") is None


@pytest.mark.parametrize(
    ("debian", "apt", "firefox", "emacs"),
    [
        (True, True, "apt-get install firefox-esr", "emacs-nox elpa-org-drill"),
        (False, True, "support.mozilla.org", "emacs-nox elpa-org-drill"),
        (False, False, "support.mozilla.org", "M-x package-install"),
    ],
    ids=["Debian", "Ubuntu", "neither"],
)
def test_each_system_is_told_its_own_way(
    commands, monkeypatch, debian, apt, firefox, emacs
):
    monkeypatch.setattr(programs, "is_debian", lambda: debian)
    if apt:
        add(commands, "apt-get", "")
    for name, said in (("firefox", firefox), ("emacs", emacs)):
        assert said in programs.what_to_do(name)
        assert len(programs.what_to_do(name).splitlines()) == 1


def test_root_installs_what_is_missing(commands, monkeypatch, capfd):
    monkeypatch.setattr(programs.os, "geteuid", lambda: 0)
    add(commands, "firefox", DRAWS)
    made = commands / "emacs"
    install = f'case "$*" in *install*) echo "#!/bin/sh" > "{made}"; '
    add(commands, "apt-get", install + f'/bin/chmod +x "{made}";; esac')
    assert programs.main() == 0
    said = capfd.readouterr()
    assert "apt-get -qq install -y emacs-nox elpa-org-drill" in said.out
    assert "firefox" not in said.out
    assert said.err == ""


def test_user_is_told_and_goes_on(commands, capfd):
    add(commands, "apt-get", "exit 1")
    assert programs.main() == 0
    said = capfd.readouterr()
    assert said.out == ""
    firefox, emacs = said.err.splitlines()
    assert firefox.startswith("Firefox is missing: sudo apt-get install firefox-esr")
    assert emacs.endswith("its tests are not run without it")


def test_failed_installation_is_shown(commands, monkeypatch, capfd):
    monkeypatch.setattr(programs.os, "geteuid", lambda: 0)
    monkeypatch.setenv("EVERY_TEST", "1")
    add(commands, "apt-get", "echo no such host; exit 100")
    assert programs.main() == 1
    assert capfd.readouterr().err.startswith("no such host\nFirefox is missing")


def test_every_test_means_that_none_may_be_missing(commands, monkeypatch):
    assert programs.main() == 0
    monkeypatch.setenv("EVERY_TEST", "1")
    assert programs.main() == 1


def test_test_without_its_program_is_skipped_and_says_why(commands):
    with pytest.raises(pytest.skip.Exception, match="Emacs with org-drill is missing"):
        need("emacs")


def test_test_without_its_program_fails_where_every_test_counts(commands, monkeypatch):
    monkeypatch.setenv("EVERY_TEST", "1")
    with pytest.raises(pytest.fail.Exception, match="Emacs with org-drill is missing"):
        need("emacs")


def test_test_with_its_program_is_given_it(commands):
    real = add(commands, "emacs", "")
    assert need("emacs") == real
