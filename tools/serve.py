"""Serve the site on this machine and build it again whenever a source changes."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tools.local import QuietHandler
from tools.pages import ROOT

WATCHED = ("_config.yml", "_toc.yml", "references.bib", "chapters", "exercises")
WATCHED += ("solutions", "study", "_ext")
PAUSE_S = 1.0
"""How often the sources are looked at."""


class Handler(QuietHandler):
    """Serves files, and never from a browser's memory."""

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
            try:
                if file.is_file() and "__pycache__" not in file.parts:
                    found[file] = file.stat().st_mtime
            except FileNotFoundError:
                continue  # an editor has just put another file in its place
    return found


def changes(root: Path) -> Iterator[None]:
    """Yield once at first, and then whenever a source is not as at the last time."""
    seen = None
    while True:
        if (now := state(root)) != seen:
            seen = now
            yield
        else:
            time.sleep(PAUSE_S)


def build() -> None:
    """Build a preview in a process of its own, so that it sees edited extensions."""
    command = [sys.executable, "-m", "tools.build", "--preview"]
    status = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode
    print("not built" if status else "built", time.strftime("at %H:%M:%S"), flush=True)


def main(argv: list[str]) -> int:
    """Serve at the port that is given until the user stops it."""
    if not (argv[0].isdecimal() and 0 < int(argv[0]) < 2**16):
        print(f"port {argv[0]!r}: give a number: make serve PORT=8001", file=sys.stderr)
        return 1
    port = int(argv[0])
    handler = functools.partial(Handler, directory=str(ROOT / "_build" / "html"))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = f"port {port}: {error.strerror}: give another: make serve PORT=8001"
        print(message, file=sys.stderr)
        return 1
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(
        f"http://localhost:{port} shows the site once it is built; Ctrl-C stops",
        flush=True,
    )
    try:
        for _ in changes(ROOT):
            build()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
