"""axe, the accessibility checker, in an open page of any browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

from axe_playwright_python.base import AXE_FILE_PATH

SOURCE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")

CONTRAST = "color-contrast"

DRAWN = """() => {
  const known = new Set(%s);
  const above = new Map([[null, ""]]);
  function ground(element) {
    if (!above.has(element)) {
      const style = getComputedStyle(element);
      above.set(element, [
        style.backgroundColor, style.backgroundImage, style.opacity, style.position,
        style.display === "none", style.visibility, ground(element.parentElement),
      ].join("|"));
    }
    return above.get(element);
  }
  const drawn = [];
  window.axeTexts = [];
  for (const root of document.querySelectorAll(%s)) {
    window.axeTexts.push(...root.querySelectorAll("input, select, textarea"));
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (!texts.currentNode.data.trim()) continue;
      const element = texts.currentNode.parentElement;
      const style = getComputedStyle(element);
      const way = [
        style.color, style.fontSize, style.fontWeight, style.textShadow,
        ground(element),
      ].join("|");
      if (known.has(way)) continue;
      known.add(way);
      drawn.push(way);
      window.axeTexts.push(element);
    }
  }
  return drawn;
}"""
"""Puts a text of each way of drawing that is not known yet on `axeTexts`."""


class Evaluates(Protocol):
    """An open page of Chromium or Firefox."""

    def evaluate(self, script: str) -> Any:
        """Return what an expression or a function gives."""


def violations(
    page: Evaluates, *within: str, drawn: set[str] | None = None
) -> list[str]:
    """Return what axe finds against a page, or parts of it: rule, element, reason.

    The contrast, which takes axe most of its time, is looked at once for each way in
    which text is drawn: colour, size, weight, and what lies behind it. A set `drawn`
    holds the ways that were looked at before, and is added to.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {SOURCE} }}")
    roots = json.dumps(", ".join(within) or "body")
    known = set() if drawn is None else drawn
    known.update(page.evaluate(DRAWN % (json.dumps(sorted(known)), roots)))
    context = json.dumps({"include": [*within]}) if within else "document"
    found = _run(page, context, f"rules: {{ '{CONTRAST}': {{ enabled: false }} }}")
    if page.evaluate("axeTexts.length"):
        found += _run(page, "{ include: axeTexts }", f"runOnly: ['{CONTRAST}']")
    return [
        f"{rule['id']}: {node['html'][:150]}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def _run(page: Evaluates, context: str, options: str) -> list[dict[str, Any]]:
    """Return the rules that are broken within a context."""
    return page.evaluate(
        f"axe.run({context}, {{ resultTypes: ['violations'], {options} }})"
        ".then((all) => all.violations)"
    )
