"""Cards and questions of a page as trees: all that is in them, from the site's root."""

from __future__ import annotations

import pytest

from _ext.study.trees import items, rebased

PAGE = "chapters/part/demo.html"

HTML = """<main><details><summary>No card</summary></details>
<details class="study-card" id="demo-a" data-rev="2"><summary><span class="study-front">
Why &lt;b&gt;?</span></summary><div class="study-back"><p id="id3">A <a href="#cards">
link</a>, <img src="../../_images/a.png" alt="a &amp; b"/><br>
<svg viewBox="0 0 1 1" preserveAspectRatio="none"><path d="M0 0"></path></svg></p>
<details><summary>More</summary>within</details></div></details>
<p>between</p>
<form class="study-question" id="demo-q" method="dialog"><fieldset><input type="radio"
name="demo-q" value="A" checked><details class="study-answer"><summary>S</summary>
</details></fieldset></form></main>"""


def found() -> dict:
    """The trees of the page, by kind and id."""
    return {(kind, id_): tree for kind, id_, tree in items(HTML, PAGE)}


def inside(tree: list, tag: str) -> list[list]:
    """All trees of a tag within a tree."""
    here = [child for child in tree[2:] if isinstance(child, list)]
    return [one for one in here if one[0] == tag] + [
        hit for one in here for hit in inside(one, tag)
    ]


def text(tree: list) -> str:
    """The text of a tree without its blanks."""
    parts = [one if isinstance(one, str) else text(one) for one in tree[2:]]
    return " ".join("".join(parts).split())


def test_each_item_once_and_nothing_else():
    assert list(found()) == [("card", "demo-a"), ("question", "demo-q")]


def test_all_that_is_in_an_item():
    card = found()["card", "demo-a"]
    assert card[:2] == [
        "details",
        {"class": "study-card", "id": "demo-a", "data-rev": "2"},
    ]
    assert text(card) == "Why <b>?A link, Morewithin"
    assert inside(card, "img") == [["img", {"src": "_images/a.png", "alt": "a & b"}]]
    assert inside(card, "br") == [["br", {}]]
    assert inside(found()["question", "demo-q"], "input") == [
        ["input", {"type": "radio", "name": "demo-q", "value": "A", "checked": ""}]
    ]


def test_names_of_svg_are_as_svg_wants_them():
    (svg,) = inside(found()["card", "demo-a"], "svg")
    assert svg[1] == {"viewBox": "0 0 1 1", "preserveAspectRatio": "none"}


def test_ids_within_an_item_are_left_out():
    assert inside(found()["card", "demo-a"], "p")[0][1] == {}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("#cards", f"{PAGE}#cards"),
        ("other.html", "chapters/part/other.html"),
        ("../reference/a.html#id3", "chapters/reference/a.html#id3"),
        ("../../_images/a.png?v=1", "_images/a.png?v=1"),
        ("https://example.org/a/../b", "https://example.org/a/../b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("//example.org/a", "//example.org/a"),
    ],
)
def test_addresses_begin_at_the_root(address: str, expected: str):
    assert rebased(address, PAGE) == expected


def test_an_item_that_nothing_closes():
    with pytest.raises(ValueError, match='nothing closes <details class="study-card"'):
        list(items('<details class="study-card" id="a"><p>', PAGE))
