"""What drives Firefox in the tests of this folder, on a small site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.axe import violations
from tests.site.firefox import Firefox, FirefoxError, Tab, running
from tools.local import served

HTML = """<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>
<button onclick="this.textContent = 'Pressed'">Press</button>
<label>Name <input></label></main></html>"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a site of one page."""
    (tmp_path / "page.html").write_text(HTML)
    (tmp_path / "favicon.ico").write_bytes(b"")
    with served(tmp_path) as found:
        yield f"{found}/page.html"


@pytest.fixture
def tab(firefox: Firefox, address: str) -> Iterator[Tab]:
    """The page, open."""
    with firefox.tab(address.split("/")[2]) as tab:
        tab.goto(address)
        yield tab


def test_values_come_back(tab: Tab) -> None:
    assert tab.evaluate("document.title") == "Page"
    assert tab.evaluate("async () => ({ a: [1, null] })") == {"a": [1, None]}
    assert tab.evaluate("undefined") is None


def test_error_of_a_script_is_raised(tab: Tab) -> None:
    with pytest.raises(FirefoxError, match="nothing is not defined"):
        tab.evaluate("nothing")


def test_keys_reach_the_page(tab: Tab) -> None:
    tab.press("Tab")
    tab.press("Enter")
    tab.wait_for("document.querySelector('button').textContent === 'Pressed'")
    tab.press("Tab")
    tab.type("A b")
    assert tab.evaluate("document.querySelector('input').value") == "A b"
    tab.press("Shift+Tab")
    assert tab.evaluate("document.activeElement.tagName") == "BUTTON"


def test_page_without_fault_has_no_problem(tab: Tab) -> None:
    tab.reload()
    assert tab.problems == []
    assert violations(tab) == []


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("void console.error('wrong')", "console error: wrong"),
        (
            "void setTimeout(() => { throw Error('late') })",
            "console error: Error: late",
        ),
        ("fetch('missing').then(() => 0)", "status 404"),
        ("fetch('http://127.0.0.2:1234/x').catch(() => 0)", "request to another host"),
    ],
    ids=["console", "exception", "missing file", "other host"],
)
def test_what_goes_wrong_is_noted(tab: Tab, script: str, said: str) -> None:
    tab.evaluate(script)
    tab.evaluate("new Promise((go) => setTimeout(go))")
    assert any(problem.startswith(said) for problem in tab.problems)


def test_violation_is_found(tab: Tab) -> None:
    tab.evaluate(
        "document.querySelector('label').replaceWith(document.createElement('input'))"
    )
    (found,) = violations(tab)
    assert found.startswith("label: <input>")


def test_storage_is_the_visitors_own(tab: Tab, firefox: Firefox, address: str) -> None:
    tab.evaluate("localStorage.setItem('a', '1')")
    tab.reload()
    assert tab.evaluate("localStorage.getItem('a')") == "1"
    with firefox.tab() as other:
        other.goto(address)
        assert other.evaluate("localStorage.getItem('a')") is None


def test_window_is_as_wide_as_asked(firefox: Firefox, address: str) -> None:
    with firefox.tab(width=360) as narrow:
        narrow.goto(address)
        assert narrow.evaluate("innerWidth") == 360


def test_program_that_is_no_firefox(tmp_path: Path) -> None:
    with (
        pytest.raises(FirefoxError, match="ended before it could be driven"),
        running(sys.executable, tmp_path),
    ):
        pass
