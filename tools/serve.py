"""Serve the site on this machine and build it again whenever a source changes."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
import time
from pathlib import Path

from tools.pages import ROOT

WATCHED = ("_config.yml", "_toc.yml", "references.bib", "chapters", "exercises")
WATCHED += ("solutions", "study", "_ext")
PAUSE_S = 1.0
"""How often the sources are looked at."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, never from a browser's memory, and does not log them."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Ask the browser to load the page anew each time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def state(root: Path) -> dict[Path, float]:
    """Return the time of the last change of every source."""
    found: dict[Path, float] = {}
    for name in WATCHED:
        path = root / name
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                found[file] = file.stat().st_mtime
    return found


def build() -> None:
    """Build a preview in a process of its own, so that it sees edited extensions."""
    subprocess.run([sys.executable, "-m", "tools.build", "--preview"], cwd=ROOT)


def main(argv: list[str]) -> int:
    """Serve at the port that is given until the user stops it."""
    port = int(argv[0])
    build()
    handler = functools.partial(Handler, directory=str(ROOT / "_build" / "html"))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        print(f"port {port}: {error.strerror}: try make serve PORT={port + 1}")
        return 1
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://localhost:{port} shows the site; Ctrl-C stops", flush=True)
    seen = state(ROOT)
    try:
        while True:
            time.sleep(PAUSE_S)
            if (now := state(ROOT)) != seen:
                build()
                seen = now
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
