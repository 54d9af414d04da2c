"""axe, the accessibility checker, in an open page of any browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from axe_playwright_python.base import AXE_FILE_PATH

SOURCE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")


class Evaluates(Protocol):
    """An open page of Chromium or Firefox."""

    def evaluate(self, script: str) -> object:
        """Return what an expression or a function gives."""


def violations(page: Evaluates, *within: str) -> list[str]:
    """Return what axe finds against a page, or parts of it: rule, element, reason."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {SOURCE} }}")
    context = json.dumps({"include": [*within]}) if within else "document"
    found = page.evaluate(
        f"axe.run({context}, {{ resultTypes: ['violations'] }})"
        ".then((all) => all.violations)"
    )
    return [
        f"{rule['id']}: {node['html'][:150]}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
