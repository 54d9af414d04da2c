"""What a test does that needs a program which not every machine has."""

import os

import pytest

from tools.programs import find, what_to_do


def need(name: str) -> str:
    """Return the path of `firefox` or `emacs`; without it, skip and say why.

    With `EVERY_TEST=1` in the environment the test fails instead.
    """
    path = find(name)
    if path is None and os.environ.get("EVERY_TEST") == "1":
        pytest.fail(what_to_do(name), pytrace=False)
    if path is None:
        pytest.skip(what_to_do(name))
    return path
