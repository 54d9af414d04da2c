"""The one error that the makers of exercises and notebooks raise."""


class SourceError(Exception):
    """A page that cannot be translated; the message starts with `file:line:`."""

    def __init__(self, path: str, line: int, message: str) -> None:
        """Say what is wrong at `line` (counted from 1) of `path`, and what to do."""
        super().__init__(f"{path}:{line}: {message}")
