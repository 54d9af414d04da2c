"""What makes a page light must not change how it looks or how it is reached."""

from __future__ import annotations

import pytest
from pygments.styles import get_style_by_name
from pygments.token import Name, Punctuation, Text

from _ext.theme.page import lightened


@pytest.mark.parametrize("style", ["light", "dark"])
def test_tokens_without_a_span_have_the_colour_of_the_text(style):
    scheme = get_style_by_name(f"a11y-high-contrast-{style}")
    plain = scheme.style_for_token(Text)
    for token in (Name, Name.Namespace, Punctuation, Text.Whitespace):
        assert scheme.style_for_token(token) == plain


def test_plain_tokens_lose_their_spans_and_coloured_ones_keep_them():
    code = '<span class="n">x</span> <span class="o">=</span><span class="w"> </span>'
    assert lightened(code) == 'x <span class="o">=</span> '


@pytest.mark.parametrize(
    "box",
    ["<pre>", '<div class="math" id="a">', '<div class="math notranslate">'],
)
def test_what_may_scroll_is_reached_by_keyboard(box):
    assert 'tabindex="0"' in lightened(box)


@pytest.mark.parametrize("box", ["<div>", '<div class="mathematician">', "<p>"])
def test_what_cannot_scroll_is_left_alone(box):
    assert lightened(box) == box


def test_pictures_wait_until_they_are_near():
    assert lightened('<img src="a">') == '<img loading="lazy" src="a">'
    assert lightened('<img loading="eager" src="a">') == '<img loading="eager" src="a">'
