"""The one style sheet: what is left out, and what must never be."""

from __future__ import annotations

import pytest

from _ext.theme.bundle import is_bundled
from _ext.theme.prune import blocks, pruned, split, without_icon_font


def prune(css: str, *words: str) -> str:
    return "".join(pruned(css, set(words)))


def test_rule_without_its_class_on_a_page_goes():
    assert prune(".card{a:b}.badge{c:d}", "card") == ".card{a:b}"


def test_selectors_are_judged_one_by_one():
    assert prune(".card,.badge,h1{a:b}", "card") == ".card,h1{a:b}"


def test_every_class_of_a_selector_must_occur():
    assert prune(".card .badge{a:b}", "card") == ""


@pytest.mark.parametrize(
    "css",
    [
        "h1:not(.badge){a:b}",
        "a[href$='.badge']{a:b}",
        "@keyframes turn{to{a:b}}",
        ':root{--icon:url("data:image/svg+xml,{}")}',
    ],
)
def test_what_cannot_be_judged_by_its_classes_stays(css):
    assert prune(css) == css


def test_rules_for_a_medium_are_pruned_within():
    css = "@media print{.card{a:b}.badge{c:d}}@media screen{.badge{e:f}}"
    assert prune(css, "card") == "@media print{.card{a:b}}"


def test_icon_font_goes_even_when_its_classes_occur():
    css = '.fa-bars,.bar{a:b}@font-face{font-family:"Font Awesome 6 Free"}'
    assert "".join(without_icon_font(css)) == ".bar{a:b}"


def test_other_fonts_stay():
    assert prune("@font-face{font-family:KaTeX_Main}")


def test_unbalanced_braces_are_an_error():
    with pytest.raises(ValueError, match="unbalanced braces"):
        list(blocks("@media print{.card{a:b}"))


def test_commas_in_parentheses_do_not_split():
    assert split("a:is(b, i), u") == ["a:is(b, i)", "u"]


def test_hashed_names_are_recognised():
    assert is_bundled("_static/mystnb.0123.css")
    assert is_bundled("styles/pydata-sphinx-theme.css")
    assert not is_bundled("study.css")
