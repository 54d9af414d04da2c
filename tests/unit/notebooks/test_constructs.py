"""Each construct that a page may hold, as a notebook shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.notebooks.blocks import translate_blocks
from tools.notebooks.context import Context
from tools.notebooks.errors import SourceError
from tools.notebooks.index import Citation, Index, Target
from tools.notebooks.pieces import CodePiece

SITE = "https://example.org/course"
HERE = "chapters/part/topic"
PNG = bytes.fromhex("89504e470d0a1a0a")
INDEX = Index(
    pages={HERE: "The topic", "chapters/other/place": "Another *place*"},
    labels={
        "topic-one": Target(HERE, "topic-one", "Section one"),
        "fig-topic-a": Target(HERE, "fig-topic-a", "A caption", "Fig. 1.2"),
        "fig-topic-new": Target(HERE, "fig-topic-new", "the figure"),
    },
    equations={"eq-topic-e": Target(HERE, "equation-eq-topic-e", "(1.3)", "(1.3)")},
    terms={"gradient": Target("chapters/reference/glossary", "term-gradient", "x")},
    citations={
        "a1986": Citation("Abe et al.", "1986", "chapters/reference/references", "id1"),
        "b2000": Citation("Bo", "2000", "chapters/reference/references", "id2"),
    },
)
PAGE = f"{SITE}/{HERE}.html"
WORKS = f"{SITE}/chapters/reference/references.html"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """A page in a book with one picture."""
    (tmp_path / "chapters/part").mkdir(parents=True)
    (tmp_path / "chapters/part/dot.png").write_bytes(PNG)
    return Context(HERE, INDEX, SITE, tmp_path)


INLINE = {
    "ref": ("{ref}`topic-one`", f"[Section one]({PAGE}#topic-one)"),
    "ref with text": ("{ref}`there <topic-one>`", f"[there]({PAGE}#topic-one)"),
    "numref": ("{numref}`fig-topic-a`", f"[Fig. 1.2]({PAGE}#fig-topic-a)"),
    "numref with text": (
        "{numref}`Figure %s, {name} <fig-topic-a>`",
        f"[Figure 1.2, A caption]({PAGE}#fig-topic-a)",
    ),
    "numref, not yet drawn": (
        "{numref}`fig-topic-new`",
        f"[the figure]({PAGE}#fig-topic-new)",
    ),
    "eq": ("{eq}`eq-topic-e`", f"[(1.3)]({PAGE}#equation-eq-topic-e)"),
    "term": (
        "{term}`Gradients <gradient>`",
        f"[Gradients]({SITE}/chapters/reference/glossary.html#term-gradient)",
    ),
    "doc": (
        "{doc}`../other/place`",
        f"[Another *place*]({SITE}/chapters/other/place.html)",
    ),
    "cite": ("{cite}`a1986`", f"([Abe et al., 1986]({WORKS}#id1))"),
    "cite:p": (
        "{cite:p}`a1986,b2000`",
        f"([Abe et al., 1986]({WORKS}#id1); [Bo, 2000]({WORKS}#id2))",
    ),
    "cite:t": ("{cite:t}`b2000` says", f"[Bo (2000)]({WORKS}#id2) says"),
    "math": ("{math}`x^2`", "$x^2$"),
    "kbd": ("{kbd}`Space`", "`Space`"),
    "abbr": ("{abbr}`SGD (a method)`", "SGD (a method)"),
    "role over two lines": (
        "{ref}`the\nplace <topic-one>`",
        f"[the place]({PAGE}#topic-one)",
    ),
    "code": ("`{ref}` and ``{x}`y` ``", "`{ref}` and ``{x}`y` ``"),
    "formula": (r"$\{x\}`a`$ \$ 5", r"$\{x\}`a`$ \$ 5"),
    "lone dollar": ("5 $ and {kbd}`a`", "5 $ and `a`"),
    "link to a page": (
        "[t](../other/place.md#a)",
        f"[t]({SITE}/chapters/other/place.html#a)",
    ),
    "link to a label": ("[t](#topic-one)", f"[t]({PAGE}#topic-one)"),
    "link elsewhere": ("[t](https://a.b/c)", "[t](https://a.b/c)"),
    "autolink": ("<https://a.b/c> and a < b", "<https://a.b/c> and a < b"),
    "image": ("![Dot](dot.png)", "![Dot](data:image/png;base64,iVBORw0KGgo=)"),
    "footnotes": (
        "One[^b] two[^a].\n\n[^a]: First\n    more.\n[^b]: Second {kbd}`x`.",
        "One<sup>1</sup> two<sup>2</sup>.\n\n<sup>2</sup> First more.\n\n"
        "<sup>1</sup> Second `x`.",
    ),
}
BLOCKS = {
    "label and comment": ("(a-b)=\n% note\nText", "Text"),
    "table": (
        "| a | b |\n|---|---|\n| {kbd}`x` | 1 |",
        "| a | b |\n|---|---|\n| `x` | 1 |",
    ),
    "equation": ("$$\na = b\n$$", "$$\na = b\n$$"),
    "equation on a line": ("$$ a = b $$", "$$\na = b\n$$"),
    "labelled equation": ("$$\na\n$$ (eq-topic-e)", "$$\na \\tag{1.3}\n$$"),
    "math": ("```{math}\n:label: eq-topic-e\na\n```", "$$\na \\tag{1.3}\n$$"),
    "rows of an equation": (
        "$$\na &= b \\\\\n&= c\n$$",
        "$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$",
    ),
    "code": (
        "```python\n{ref}`x` <b>\n\n\n(a)=\n```",
        "```python\n{ref}`x` <b>\n\n\n(a)=\n```",
    ),
    "note": ("```{note}\nText {kbd}`x`.\n```", "> **Note**\n>\n> Text `x`."),
    "note in a line": (":::{tip} Do\nthis.\n:::", "> **Tip**\n>\n> Do\n>\n> this."),
    "warning": (":::{warning}\nA\n\nB\n:::", "> **Warning**\n>\n> A\n>\n> B"),
    "important": (":::{important}\nA\n:::", "> **Important**\n>\n> A"),
    "admonition": (
        ":::{admonition} Predict $x$\n:class: tip\n$$\na\n= b\n$$\n:::",
        "> **Predict $x$**\n>\n> $$a = b$$",
    ),
    "closed admonition": (
        ":::{admonition} Why\n:class: note dropdown\nA\n:::",
        "<details>\n<summary>Why</summary>\n\nA\n\n</details>",
    ),
    "dropdown": (
        ":::{dropdown} Hint `a<b` {kbd}`x`\n:open:\nA\n:::",
        "<details open>\n<summary>Hint <code>a&lt;b</code> <code>x</code></summary>\n\n"
        "A\n\n</details>",
    ),
    "nested": (
        "::::{dropdown} Out\n:::{note}\nIn\n:::\n::::",
        "<details>\n<summary>Out</summary>\n\n> **Note**\n>\n> In\n\n</details>",
    ),
    "nested the other way": (
        "::::{note}\n:::{dropdown} In\nA\n:::\n::::",
        "> **Note**\n>\n> <details>\n> <summary>In</summary>\n>\n> A\n>\n> </details>",
    ),
    "in a list": (
        "1. One\n   ```{note}\n   In\n   ```\n2. Two",
        "1. One\n\n   > **Note**\n   >\n   > In\n\n2. Two",
    ),
    "figure": (
        "```{figure} dot.png\n:name: fig-topic-a\n:alt: A dot\nCaption {kbd}`x`.\n```",
        "![A dot](data:image/png;base64,iVBORw0KGgo=)\n\n**Fig. 1.2.** Caption `x`.",
    ),
    "list-table": (
        "```{list-table} Costs\n:header-rows: 1\n* - A\n  - B\n* - {kbd}`x`\n"
        "    more\n  -\n```",
        "**Costs**\n\n| A | B |\n| --- | --- |\n| `x` more |  |",
    ),
    "list-table without header": (
        "```{list-table}\n* - A\n  - B\n```",
        "|  |  |\n| --- | --- |\n| A | B |",
    ),
}


@pytest.mark.parametrize("name", [*INLINE, *BLOCKS])
def test_translates(name: str, context: Context) -> None:
    """A construct of the closed list becomes plain Markdown."""
    source, expected = (INLINE | BLOCKS)[name]
    pieces = translate_blocks(source.split("\n"), 1, context)
    assert all(isinstance(piece, str) for piece in pieces)
    text = "\n".join(pieces).strip()
    while "\n\n\n" in text and "```" not in text:
        text = text.replace("\n\n\n", "\n\n")
    assert text == expected


def test_cards_and_quiz_become_code(context: Context) -> None:
    """Both stand in cells of their own, between the text around them."""
    source = "Before\n\n```{cards} topic-one\n```\n\nBetween\n\n```{quiz}\n```"
    pieces = translate_blocks(source.split("\n"), 1, context)
    head = "from utils import study\n\n"
    assert [p if isinstance(p, CodePiece) else p.strip() for p in pieces] == [
        "Before",
        CodePiece(head + 'study.cards("topic", section="topic-one")'),
        "Between",
        CodePiece(head + 'study.quiz("topic")'),
    ]


FAULTS = {
    "unknown role": ("a\n{index}`x`", 2, "unknown role {index}"),
    "unknown directive": ("a\n\n```{tabs}\n```", 3, "unknown directive {tabs}"),
    "unknown inside": (":::{note}\na\n\n```{glue} x\n```\n:::", 4, "directive {glue}"),
    "unknown option": ("```{figure} dot.png\n:scale: 5\n```", 1, "':scale:'"),
    "options as YAML": (
        "```{figure} dot.png\n---\nalt: a\n---\n```",
        2,
        "':name: value'",
    ),
    "raw HTML": ("a\nb <br> c", 2, "raw HTML"),
    "HTML comment": ("<!-- a -->", 1, "raw HTML"),
    "substitution": ("a {{ b }}", 1, "substitution"),
    "open fence": ("a\n```{note}\nb", 2, "never closed"),
    "too few colons": (":::{note}\n:::{tip}\n:::\n:::", 2, "needs more colons"),
    "nameless fence": (":::\na\n:::", 1, "needs a name"),
    "open equation": ("$$\na\n\nb", 1, "not closed"),
    "text after equation": ("$$\na\n$$ then", 1, "not closed"),
    "open role": ("{ref}`x", 1, "never closed"),
    "lost label": ("{ref}`nowhere`", 1, "'nowhere' is no label"),
    "lost number": ("{numref}`fig-no`", 1, "'fig-no' is no label"),
    "lost equation": ("{eq}`eq-no`", 1, "'eq-no' is no equation"),
    "lost own equation": ("$$\na\n$$ (eq-no)", 1, "'eq-no' is no equation"),
    "lost term": ("{term}`no`", 1, "'no' is no term"),
    "lost page": ("{doc}`no`", 1, "'no' is no page"),
    "lost work": ("{cite}`a1986,no`", 1, "'no' is no work"),
    "lost link": ("[a](no.md)", 1, "'no.md', which is no page"),
    "lost anchor": ("[a](#no)", 1, "'#no' is no label"),
    "lost picture": ("![a](no.png)", 1, "'no.png' is no picture"),
    "far picture": ("![a](https://a.b/c.png)", 1, "is not in the book"),
    "nested cards": (
        ":::{note}\n```{quiz}\n```\n:::",
        2,
        "{quiz} must not stand inside",
    ),
    "cards of nothing": ("```{cards}\n```", 1, "needs the label"),
    "quiz of another": ("```{quiz} other\n```", 1, "takes nothing"),
    "cards with text": ("```{cards} topic-one\nText\n```", 1, "no text of its own"),
    "nameless admonition": (":::{admonition}\na\n:::", 1, "needs a title"),
    "ragged table": (
        "```{list-table}\n* - a\n  - b\n* - c\n```",
        1,
        "different numbers",
    ),
    "no table": ("```{list-table}\n- a\n```", 2, "starts with '* -'"),
    "two header rows": (
        "```{list-table}\n:header-rows: 2\n* - a\n```",
        1,
        "one header row",
    ),
    "definition list": ("Word\n: Meaning", 2, "definition list"),
    "field list": (":key: value", 1, "field list"),
    "reference link": ("[a]: https://b.c", 1, "in the link itself"),
    "bare environment": ("\\begin{align}\na\n\\end{align}", 1, "between '$$' lines"),
    "quoted fence": ("> a\n> ```{note}", 2, "within a quotation"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refuses(name: str, context: Context) -> None:
    """Anything else is an error that names file and line."""
    source, line, message = FAULTS[name]
    with pytest.raises(SourceError) as error:
        translate_blocks(source.split("\n"), 1, context)
    assert str(error.value).startswith(f"{HERE}.md:{line}: ")
    assert message in str(error.value)
