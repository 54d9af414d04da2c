"""What the translators need to know of the page that they translate."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from tools.notebooks.errors import SourceError
from tools.notebooks.index import Index


@dataclass(frozen=True)
class Context:
    """One page on its way to a notebook.

    `page` is its name without suffix, `root` the folder of the book, `site` the
    address of the published site; `footnotes` numbers the footnotes in order of use.
    """

    page: str
    index: Index
    site: str
    root: Path
    footnotes: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The source of the page, relative to the book."""
        return f"{self.page}.md"

    @property
    def slug(self) -> str:
        """The short name of the page."""
        return self.page.rpartition("/")[2]

    def fail(self, line: int, message: str) -> NoReturn:
        """Raise an error that names the page and `line` of it."""
        raise SourceError(self.path, line, message)
