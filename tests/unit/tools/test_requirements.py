"""What the course imports is what requirements.txt lists."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tools.pages import ROOT

OWN = {"utils", "tools", "_ext", "benchmarks", "tests"}


def imported(file: Path) -> set[str]:
    """Return the top-level packages that a file of Python imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    return found


def plain(name: str) -> str:
    """Return a distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_that_is_imported_is_listed():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    listed = {
        plain(m[0]) for line in lines if (m := re.match(r"[A-Za-z][\w.-]*", line))
    }
    files = [file for folder in OWN for file in (ROOT / folder).rglob("*.py")]
    providers = packages_distributions()
    missing = {}
    for file in files:
        for module in imported(file):
            top = module.split(".")[0]
            if top in OWN or top in sys.stdlib_module_names:
                continue
            found = {plain(provider) for provider in providers.get(top, [top])}
            if not found & listed:
                missing[module] = file
    assert missing == {}
