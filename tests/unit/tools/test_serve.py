"""Serving the site while its sources are edited."""

import socket
import urllib.request
from pathlib import Path

import pytest

from tools import serve


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A course of one page, of which nothing is built and which is watched closely."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "page.md").write_text("one")
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").write_text("the site")
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    monkeypatch.setattr(serve, "PAUSE_S", 0.01)
    return tmp_path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_edit_during_a_build_is_built_as_well(course, monkeypatch):
    page = course / "chapters" / "page.md"
    built = []

    def build() -> None:
        built.append(page.read_text())
        if len(built) == 2:
            raise KeyboardInterrupt
        page.write_text("edited meanwhile")

    monkeypatch.setattr(serve, "build", build)
    assert serve.main([str(free_port())]) == 0
    assert built == ["one", "edited meanwhile"]


def test_site_is_served_and_never_kept_by_the_browser(course, monkeypatch, capsys):
    port = free_port()
    answers = []

    def build() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/index.html") as answer:
            answers.append((answer.read(), answer.headers["Cache-Control"]))
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "build", build)
    assert serve.main([str(port)]) == 0
    assert answers == [(b"the site", "no-store")]
    assert f"http://localhost:{port} shows the site" in capsys.readouterr().out


def test_file_that_vanishes_while_it_is_looked_at(course, monkeypatch):
    page = course / "chapters" / "page.md"
    is_file = Path.is_file

    def vanish(path: Path) -> bool:
        found = is_file(path)
        if path == page:
            page.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "is_file", vanish)
    assert serve.state(course) == {}


@pytest.mark.parametrize("port", ["x", "", "0", "70000", "-1", "8e3"])
def test_port_that_is_none(port, capsys):
    assert serve.main([port]) == 1
    assert f"port {port!r}: give a number" in capsys.readouterr().err


def test_port_that_is_taken(course, capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert serve.main([str(port)]) == 1
    said = capsys.readouterr().err
    assert f"port {port}: Address already in use: give another" in said
