"""Where the site says it is published."""

from __future__ import annotations

import pytest

from tools.notebooks.address import Address, AddressError, find_address

URL = "https://github.com/Someone/course"
SETTINGS = {"repository": {"url": URL, "branch": "main", "pages_branch": "pages"}}


def test_from_the_settings() -> None:
    """Without an environment the settings decide."""
    address = find_address(SETTINGS, {})
    assert address == Address(
        "Someone/course", "pages", "https://someone.github.io/course"
    )
    assert address.colab("notebooks/a/b.ipynb") == (
        "https://colab.research.google.com/github/Someone/course/blob/pages/"
        "notebooks/a/b.ipynb"
    )


def test_the_environment_comes_first() -> None:
    """A fork publishes itself; a test serves the site from anywhere."""
    environment = {
        "COURSE_REPOSITORY": "me/me.github.io",
        "COURSE_PAGES_BRANCH": "site",
    }
    assert find_address(SETTINGS, environment) == Address(
        "me/me.github.io", "site", "https://me.github.io"
    )
    environment["COURSE_SITE"] = "http://localhost:8000/"
    assert find_address(SETTINGS, environment).site == "http://localhost:8000"


@pytest.mark.parametrize("url", ["", "https://example.org/a/b", "course"])
def test_no_repository(url: str) -> None:
    """Anything but owner/name is an error that says where to set it."""
    with pytest.raises(AddressError, match=r"_config\.yml"):
        find_address({"repository": {"url": url}}, {})


def test_no_branch() -> None:
    """The branch is never guessed: links and publication would lead elsewhere."""
    with pytest.raises(AddressError, match=r"pages_branch in _config\.yml"):
        find_address({"repository": {"url": URL}}, {})
    environment = {"COURSE_PAGES_BRANCH": "site"}
    assert find_address({"repository": {"url": URL}}, environment).branch == "site"
