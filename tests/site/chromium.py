"""A page of Chromium with the interface of `firefox.Tab`, for tests of both."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page


class Tab:
    """An open page; what went wrong is on `problems`."""

    def __init__(self, page: Page) -> None:
        """Take a page that `conftest.watch` watches."""
        self.page = page

    @property
    def problems(self) -> list[str]:
        """Errors and warnings, failed requests, requests to other hosts, until now."""
        return self.page.problems

    def reload(self) -> None:
        """Load the page again."""
        self.page.reload()

    def evaluate(self, script: str) -> Any:
        """Return what an expression, or a function without arguments, gives."""
        return self.page.evaluate(script)

    def wait_for(self, condition: str) -> None:
        """Wait until an expression is true."""
        self.page.wait_for_function(f"() => ({condition})")

    def press(self, keys: str) -> None:
        """Press a key, or several at once: `Tab`, `Shift+Tab`, `3`."""
        self.page.keyboard.press(keys)
