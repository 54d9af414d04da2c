"""Where the site is published: repository, branch, address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REPOSITORY = re.compile(r"(?P<owner>[\w.-]+)/(?P<name>[\w.-]+)")
COLAB = "https://colab.research.google.com/github"

WHEELS = "notebooks/wheel"
"""The folder of the site that holds the wheel of the helpers."""


class AddressError(Exception):
    """Repository or branch is not named; the message says where to name it."""


@dataclass(frozen=True)
class Address:
    """Where the course is published; `site` is without a slash at its end."""

    repository: str
    branch: str
    site: str

    def colab(self, notebook: str) -> str:
        """Return the address that opens `notebook`, a path in the site, in Colab."""
        return f"{COLAB}/{self.repository}/blob/{self.branch}/{notebook}"


def find_address(
    settings: Mapping[str, Any], environment: Mapping[str, str]
) -> Address:
    """Return the address that the environment, or else `_config.yml`, gives.

    `COURSE_REPOSITORY` (owner/name), `COURSE_PAGES_BRANCH` and `COURSE_SITE` come
    before `repository.url` and `repository.pages_branch`; the site is GitHub's for
    the repository unless it is given.

    Raises:
        AddressError: there is no repository of the form owner/name, or no branch.
    """
    published = settings.get("repository", {})
    repository = environment.get("COURSE_REPOSITORY") or re.sub(
        r"^https://github\.com/|(\.git)?/?$", "", published.get("url", "")
    )
    found = REPOSITORY.fullmatch(repository)
    if not found:
        raise AddressError(
            f"'{repository}' is no repository: set repository.url in _config.yml to "
            "https://github.com/owner/name, or COURSE_REPOSITORY to owner/name"
        )
    branch = environment.get("COURSE_PAGES_BRANCH") or published.get("pages_branch")
    if not branch:
        raise AddressError(
            "there is no branch for the site: set repository.pages_branch in "
            "_config.yml, or COURSE_PAGES_BRANCH"
        )
    host = f"{found['owner'].lower()}.github.io"
    folder = "" if found["name"].lower() == host else f"/{found['name']}"
    return Address(
        repository,
        branch,
        (environment.get("COURSE_SITE") or f"https://{host}{folder}").rstrip("/"),
    )
