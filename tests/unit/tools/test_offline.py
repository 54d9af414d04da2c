"""Running without a network, on systems that allow it and those that do not."""

import socket
import sys

import pytest

from tools import offline

ASK = """
import socket, sys
with socket.create_server(("127.0.0.1", 0)) as own:
    socket.create_connection(own.getsockname()).close()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1]))).close()
except ConnectionRefusedError:
    sys.exit(7)
"""


@pytest.fixture
def port():
    """A port of this machine at which a server listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def forbidden() -> None:
    raise PermissionError("no")


def test_only_the_command_itself_can_be_reached(port, capfd, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    status = offline.run([sys.executable, "-c", ASK, str(port)])
    said = capfd.readouterr().out
    assert (status, said.splitlines()[0].split(":")[0]) in [
        (7, "the network is off"),
        (0, "the network stays on"),  # macOS, and systems without namespaces
    ]


def test_without_namespaces_the_network_stays_on(port, capfd, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(offline, "leave_network", forbidden)
    assert offline.run([sys.executable, "-c", ASK, str(port)]) == 0
    assert "the network stays on" in capfd.readouterr().out


def test_continuous_integration_without_namespaces_fails(capfd, monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(offline, "leave_network", forbidden)
    assert offline.run([sys.executable, "-c", "print('ran')"]) == 1
    said = capfd.readouterr()
    assert "ran\n" not in said.out
    assert "the network cannot be switched off here" in said.err
