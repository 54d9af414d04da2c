"""Where licences are told: text, code and data each have their own."""

from __future__ import annotations

import pytest
import yaml

from tools.pages import ROOT, settings

DATA = "utils/datasets/README.md"


def test_the_citation_offers_no_choice_of_licences() -> None:
    """A list in CITATION.cff means that any of them will do."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    citation = yaml.safe_load(text)
    assert "license" not in citation
    assert citation["license-url"] == f"{citation['repository-code']}/blob/main/LICENSE"
    assert citation["repository-code"] == settings()["repository"]["url"]


@pytest.mark.parametrize("part", ["CC BY 4.0", "MIT", DATA])
def test_the_foot_of_each_page_names_all(part: str) -> None:
    """Text, code, and where the licences of the data stand."""
    assert part in settings()["html"]["extra_footer"]


def test_the_licence_leads_to_the_others() -> None:
    """LICENSE holds that of the text, and says which files hold the rest."""
    head = (ROOT / "LICENSE").read_text(encoding="utf-8")[:1000]
    for file in ("LICENSE-CODE", DATA):
        assert file in head
        assert (ROOT / file).is_file()
