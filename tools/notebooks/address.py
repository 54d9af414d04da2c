"""Where the site is published: repository, branch, address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REPOSITORY = re.compile(r"(?P<owner>[\w.-]+)/(?P<name>[\w.-]+)")
COLAB = "https://colab.research.google.com/github"


class AddressError(Exception):
    """The repository is not named as owner/name; the message says where."""


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
    before `repository.url` and the branch `gh-pages`; the site is GitHub's for the
    repository unless it is given.

    Raises:
        AddressError: there is no repository of the form owner/name.
    """
    url = settings.get("repository", {}).get("url", "")
    repository = environment.get("COURSE_REPOSITORY") or re.sub(
        r"^https://github\.com/|(\.git)?/?$", "", url
    )
    found = REPOSITORY.fullmatch(repository)
    if not found:
        raise AddressError(
            f"'{repository}' is no repository: set repository.url in _config.yml to "
            "https://github.com/owner/name, or COURSE_REPOSITORY to owner/name"
        )
    host = f"{found['owner'].lower()}.github.io"
    folder = "" if found["name"].lower() == host else f"/{found['name']}"
    return Address(
        repository,
        environment.get("COURSE_PAGES_BRANCH") or "gh-pages",
        (environment.get("COURSE_SITE") or f"https://{host}{folder}").rstrip("/"),
    )
