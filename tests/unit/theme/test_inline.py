"""The style within a page: what it keeps, and where its fonts are found."""

from __future__ import annotations

from _ext.theme.inline import inline, without_unused_variables

PAGE = """<link rel="stylesheet" href="../_static/course.css" />
<link rel="stylesheet" type="text/css" href="../_static/study.css?v=1" />
<script defer src="../_static/theme.js?v=1"></script><p class="lead">Text</p>"""


def test_page_carries_its_own_rules_and_those_its_scripts_may_need(tmp_path):
    static = tmp_path / "_static"
    static.mkdir()
    (static / "study.css").write_text(".composed-name {\n  a: b }")
    (static / "theme.js").write_text('body.classList.add("scrolled")')
    page = tmp_path / "chapters" / "page.html"
    page.parent.mkdir()
    page.write_text(PAGE)
    course = ".lead{a:b}.other{c:d}.scrolled{e:f}@font-face{src:url(katex/x.woff2)}"
    inline(page, tmp_path, course)
    html = page.read_text()
    assert "<link" not in html
    assert ".lead{a:b}.scrolled{e:f}" in html
    assert ".other" not in html
    assert "url(../_static/katex/x.woff2)" in html
    assert ".composed-name { a: b }" in html


def test_pictures_within_the_style_stay(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<link rel="stylesheet" href="_static/course.css" />')
    inline(page, tmp_path, "p{mask:url(\"data:image/svg+xml,<path d='M1 2'/>\")}")
    assert "url(\"data:image/svg+xml,<path d='M1 2'/>\")" in page.read_text()


def test_variables_go_when_nothing_asks_for_them():
    css = ":root{--a:1px;--b:var(--a);--c:2px}p{margin:var(--c)}"
    assert without_unused_variables(css, "") == ":root{--c:2px}p{margin:var(--c)}"
    html = '<p style="margin: var(--b)">'
    assert without_unused_variables(css, html) == css
