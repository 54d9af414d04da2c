"""The published notebooks, on a server of this machine, and places to run them."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.colab.environment import Place, colab_environment
from tools.local import QuietHandler
from tools.notebooks.__main__ import INDEX, main
from tools.pages import ROOT


class Publication:
    """A site of notebooks and their wheel: `folder` on the disk, served at `url`."""

    def __init__(self, folder: Path) -> None:
        """Serve `folder`, which may be empty yet."""
        self.folder = folder
        handler = functools.partial(QuietHandler, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving: from now on the site is out of reach."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publication]:
    """A site on this machine's server, empty so far."""
    site = Publication(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture(scope="session")
def published(publication: Publication) -> Publication:
    """The notebooks as they would be published on this machine's server."""
    assert INDEX.exists(), "build the book first: make book"
    assert main(["--out", str(publication.folder), "--site", publication.url]) == 0
    return publication


@pytest.fixture(scope="session")
def colab() -> Path:
    """The Python of an environment that holds what Colab brings."""
    return colab_environment(ROOT / "_build/colab-env")


@pytest.fixture
def new_place(colab: Path, tmp_path: Path) -> Callable[[], Place]:
    """Make places where nothing of the course is, each with an empty folder."""
    made: list[Place] = []

    def make() -> Place:
        made.append(Place(colab, tmp_path / f"place-{len(made)}"))
        return made[-1]

    return make
