"""What a rule reports."""

from typing import NamedTuple


class Fault(NamedTuple):
    """A broken rule: where it is, its number in STYLE.md, what is wrong, what to do."""

    file: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        """Return `file:line: S07 text`."""
        return f"{self.file}:{self.line}: {self.rule} {self.text}"
