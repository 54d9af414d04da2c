"""The workflows: only what passed every test is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.pages import ROOT

FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
PUBLISH = "tools.publish"


def jobs(file: Path) -> dict[str, dict[str, Any]]:
    """Return the jobs of a workflow by name."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]


def commands(job: dict[str, Any]) -> list[str]:
    """Return what the job runs in a shell."""
    return [step["run"] for step in job["steps"] if "run" in step]


def artifacts(job: dict[str, Any], action: str) -> list[dict[str, str]]:
    """Return name and path of each artifact that the job uploads or downloads."""
    keys = ("name", "path")
    return [
        {key: step["with"][key] for key in keys}
        for step in job["steps"]
        if step.get("uses", "").startswith(f"actions/{action}-artifact@")
    ]


def test_one_job_publishes_what_another_has_tested() -> None:
    """It waits for all tests of the same run, takes their site, and builds nothing."""
    found = [
        (job, jobs(file))
        for file in FILES
        for job in jobs(file).values()
        if any(PUBLISH in line for line in commands(job))
    ]
    assert len(found) == 1
    job, others = found[0]
    tested = others[job["needs"]]
    assert ".ci/run" in commands(tested)
    assert job["if"] == "github.event_name == 'push'"
    site = {"name": "site", "path": "_build/html"}
    assert artifacts(tested, "upload") == artifacts(job, "download") == [site]
    assert not [line for line in commands(job) if "make" in line or ".ci/" in line]
    assert job["env"]["COURSE_REPOSITORY"] == tested["env"]["COURSE_REPOSITORY"]


def test_the_site_comes_from_one_of_the_pythons_that_are_tested() -> None:
    """Two uploads of one name would be refused, none would leave nothing to publish."""
    tested = jobs(ROOT / ".github/workflows/ci.yml")["test"]
    upload = next(s for s in tested["steps"] if "upload-artifact" in s.get("uses", ""))
    chosen = upload["if"].removeprefix("matrix.python == ").strip("'")
    assert tested["strategy"]["matrix"]["python"].count(chosen) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_the_job_that_publishes_may_write(file: Path) -> None:
    """Everything else runs with a token that can read."""
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    writers = [job for job in workflow["jobs"].values() if "permissions" in job]
    for job in writers:
        assert any(PUBLISH in line for line in commands(job))
