"""What the book's last build knows of itself: titles, numbers, anchors, citations."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tools.notebooks.cells import parse_page


@dataclass(frozen=True)
class Target:
    """Where a label leads: a page of the book (no suffix) and an anchor in it.

    `text` is the title or caption, `number` the full number as the book shows it
    ("Fig. 1.2", "(3)"), empty where the book gives none.
    """

    page: str
    anchor: str
    text: str
    number: str = ""


@dataclass(frozen=True)
class Citation:
    """A work by its authors as cited ("LeCun et al."), its year and its anchor."""

    authors: str
    year: str
    page: str
    anchor: str


@dataclass(frozen=True)
class Index:
    """Everything that a reference in a page may lead to; names in lower case."""

    pages: dict[str, str] = field(default_factory=dict)
    labels: dict[str, Target] = field(default_factory=dict)
    equations: dict[str, Target] = field(default_factory=dict)
    terms: dict[str, Target] = field(default_factory=dict)
    citations: dict[str, Citation] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the index as text that `from_json` reads."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Index:
        """Read what `to_json` wrote."""
        data = json.loads(text)
        kinds = {"labels": Target, "equations": Target, "terms": Target}
        kinds["citations"] = Citation
        for name, kind in kinds.items():
            data[name] = {key: kind(**value) for key, value in data[name].items()}
        return cls(**data)

    def with_cell_figures(self, pages: list[str], root: Path) -> Index:
        """Return the index with a target for each figure that a cell will draw.

        A build that runs nothing has no such figures, hence no numbers for them.
        """
        labels = dict(self.labels)
        for page in pages:
            text = (root / f"{page}.md").read_text(encoding="utf-8")
            for cell in parse_page(text, f"{page}.md").cells:
                figure = cell.metadata.get("mystnb", {}).get("figure", {})
                if name := figure.get("name"):
                    labels.setdefault(name.lower(), Target(page, name, "the figure"))
        return Index(self.pages, labels, self.equations, self.terms, self.citations)


def site_url(site: str, target: Target | Citation) -> str:
    """Return the address of `target` on the site whose address is `site`."""
    anchor = f"#{target.anchor}" if target.anchor else ""
    return f"{site.rstrip('/')}/{target.page}.html{anchor}"
