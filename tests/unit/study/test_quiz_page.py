"""Questions in a browser: every kind answered with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from utils.study import generators

Open = Callable[[], Page]


def start(page: Page, question: str) -> None:
    """Put the focus on the first thing of a question that takes it, with Tab."""
    page.focus(f"#{question} :is(input, .study-moves button):not(:disabled)")


def status(page: Page, question: str) -> str:
    """What is announced."""
    return page.locator(f"#{question} .study-status").inner_text()


def events(page: Page) -> list[tuple[str, int, str]]:
    """All stored ratings: id, grade, source."""
    kept = page.evaluate("dlblStudy.store.events()")
    return [(event["id"], event["g"], event["s"]) for event in kept]


def letter(page: Page, question: str, text: str) -> str:
    """The letter of the option with this text."""
    option = page.locator(f"#{question} .study-option", has_text=text)
    return option.locator(".study-letter").inner_text()


def shown(page: Page, question: str) -> list[str]:
    """The explanations that are visible."""
    reasons = page.locator(f"#{question} .study-because").all()
    return [reason.inner_text() for reason in reasons if reason.is_visible()]


def test_nothing_is_explained_before(open_demo: Open) -> None:
    """No explanation, no verdict, and the plain markup's answers are gone."""
    page = open_demo()
    assert page.locator(".study-because:visible, .study-answer:visible").count() == 0
    assert page.locator("[data-mark]").count() == 0


@pytest.mark.parametrize("right", [True, False])
def test_single(open_demo: Open, right: bool) -> None:
    """A letter chooses, Enter checks; every option says why, right or wrong."""
    page = open_demo()
    start(page, "demo-q-single")
    text = "gradient of the loss" if right else "update of the weights"
    page.keyboard.press(letter(page, "demo-q-single", text).lower())
    page.keyboard.press("Enter")
    answer = letter(page, "demo-q-single", "gradient of the loss")
    expected = "Right." if right else f"Not right: the answer is {answer}."
    assert status(page, "demo-q-single") == expected
    reasons = shown(page, "demo-q-single")
    assert len(reasons) == 3
    assert sum("is right." in reason for reason in reasons) == 1
    assert events(page) == [("demo-q-single", 3 if right else 1, "quiz")]


def test_formula_option_has_a_letter(open_demo: Open) -> None:
    """An option that is only a formula is named by its letter."""
    page = open_demo()
    option = page.locator("#demo-q-single .study-option:has(math)")
    assert option.locator(".study-letter").inner_text() in "ABC"


@pytest.mark.parametrize(
    ("chosen", "right"),
    [
        (("ReLU", "sigmoid"), True),
        (("ReLU",), False),
        (("ReLU", "sigmoid", "A sum"), False),
        (("ReLU", "sigmoid", "A sum", "A sum"), True),  # chosen and taken back
    ],
)
def test_multi_needs_the_exact_set(
    open_demo: Open, chosen: tuple[str, ...], right: bool
) -> None:
    """One too few and one too many are wrong."""
    page = open_demo()
    start(page, "demo-q-multi")
    for text in chosen:
        page.keyboard.press(letter(page, "demo-q-multi", text))
    page.keyboard.press("Enter")
    assert events(page) == [("demo-q-multi", 3 if right else 1, "quiz")]
    assert len(shown(page, "demo-q-multi")) == 4


@pytest.mark.parametrize(
    ("typed", "right", "reason"),
    [
        ("2.5", True, None),
        ("2,5", True, None),
        ("2.5 m", True, None),
        ("5/2", True, None),
        ("+2.509", True, None),
        ("2.52", False, None),
        ("-2.5", False, None),
        ("1.5625", False, "This is"),
    ],
)
def test_numeric(open_demo: Open, typed: str, right: bool, reason: str | None) -> None:
    """Tolerance, unit, decimal comma; a known mistake gets its own explanation."""
    page = open_demo()
    start(page, "demo-q-numeric")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    assert events(page) == [("demo-q-numeric", 3 if right else 1, "quiz")]
    reasons = shown(page, "demo-q-numeric")
    assert reasons[0].startswith("The answer is 2.5 m.")
    assert [reason in one for one in reasons[1:]] == ([True] if reason else [])


TYPED = [
    ("12", "", [12]),
    (" 12 px ", "px", [12]),
    ("12PX", "px", [12]),
    ("1,5", "", [1.5]),
    ("1,500", "", [1.5, 1500]),
    ("1,234.5", "", [1234.5]),
    ("1.234,5", "", [1234.5]),
    ("1,234,567", "", [1234567]),
    ("1.234.567", "", [1234567]),
    ("1 000", "", [1000]),
    ("\u22123", "", [-3]),
    ("2e-3", "", [0.002]),
    ("3/4", "", [0.75]),
    ("1/0", "", []),
    (".5", "", [0.5]),
    ("50 %", "%", [50]),
    ("", "", []),
    ("abc", "", []),
    ("0x10", "", []),
    ("Infinity", "", []),
    ("1-2", "", []),
    ("1/2/3", "", []),
]


def test_what_a_typed_number_means(open_demo: Open) -> None:
    """As people of different countries type numbers."""
    page = open_demo()
    for typed, unit, meant in TYPED:
        read = page.evaluate("(given) => dlblStudy.readNumber(...given)", [typed, unit])
        assert read == pytest.approx(meant), typed


def test_generated_numbers(open_demo: Open) -> None:
    """Each turn has other numbers, and the page's answer is that of the function."""
    page = open_demo()
    form = "#demo-q-generated"
    seen = set()
    start(page, "demo-q-generated")
    for turn in range(12):
        given = page.locator(f"{form} legend .study-given")
        names = given.evaluate_all("all => all.map((one) => one.dataset.name)")
        drawn = dict(zip(names, map(int, given.all_inner_texts()), strict=True))
        seen.add(tuple(drawn.items()))
        answer = generators.conv_output_size(**drawn)
        mistake = generators.conv_output_size_padded_once(**drawn)
        page.keyboard.type(str(mistake if turn % 2 else answer))
        page.keyboard.press("Enter")
        reasons = shown(page, "demo-q-generated")
        assert reasons[0].startswith(f"The answer is {answer}. ({drawn['n']} + 2 · ")
        if turn % 2:
            assert reasons[1].startswith(f"{mistake} is wrong. Padding stands on both")
            assert f"{mistake} counts it once" in reasons[1]
        page.keyboard.press("Enter")  # another one
        assert shown(page, "demo-q-generated") == []
    assert len(seen) > 8
    assert [grade for _, grade, _ in events(page)] == [3, 1] * 6


def test_order(open_demo: Open) -> None:
    """Arrow keys or buttons move an item, the focus stays on it."""
    page = open_demo()
    rows = page.locator("#demo-q-order .study-order > li")
    keys = "all => all.map((one) => Number(one.dataset.key))"
    assert rows.evaluate_all(keys) != [1, 2, 3, 4]
    for place in range(4):
        row = page.locator(f"#demo-q-order [data-key='{place + 1}']")
        row.locator("button").first.focus()
        while (now := rows.evaluate_all(keys).index(place + 1)) != place:
            page.keyboard.press("ArrowUp" if place % 2 else "Enter")
            assert status(page, "demo-q-order") == f"Now at place {now} of 4."
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert status(page, "demo-q-order") == "Right."
    assert events(page) == [("demo-q-order", 3, "quiz")]
    assert [reason[0] for reason in shown(page, "demo-q-order")] == list("1234")


def test_order_that_is_wrong(open_demo: Open) -> None:
    """Each item says which place it has."""
    page = open_demo()
    page.focus("#demo-q-order [type=submit]")
    page.keyboard.press("Enter")
    assert status(page, "demo-q-order").startswith("Not right: ")
    assert events(page) == [("demo-q-order", 1, "quiz")]
    reasons = shown(page, "demo-q-order")
    assert sorted(reason[:2] for reason in reasons) == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize(
    ("first", "second", "right"),
    [
        ("output", "input", True),
        ("Outputs ", " INPUTS.", True),
        ("output", "layer", False),
    ],
)
def test_cloze(open_demo: Open, first: str, second: str, right: bool) -> None:
    """Several spellings are accepted; case and spaces do not count."""
    page = open_demo()
    start(page, "demo-q-cloze")
    page.keyboard.type(first)
    page.keyboard.press("Tab")
    page.keyboard.type(second)
    page.keyboard.press("Enter")
    assert events(page) == [("demo-q-cloze", 3 if right else 1, "quiz")]
    assert shown(page, "demo-q-cloze")[0].startswith("The answer is output or outputs;")


def test_code(open_demo: Open) -> None:
    """The code stands in the question."""
    page = open_demo()
    assert "x.detach() * x" in page.locator("#demo-q-code pre").inner_text()
    start(page, "demo-q-code")
    page.keyboard.press(letter(page, "demo-q-code", "3.0"))
    page.keyboard.press("Enter")
    assert status(page, "demo-q-code") == "Right."


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("demo-q-single", "Choose an answer first."),
        ("demo-q-numeric", "Type a number first."),
        ("demo-q-cloze", "Fill in every blank first."),
    ],
)
def test_nothing_answered(open_demo: Open, question: str, says: str) -> None:
    """Enter without an answer asks for one and counts as nothing."""
    page = open_demo()
    start(page, question)
    page.keyboard.press("Enter")
    assert status(page, question) == says
    assert events(page) == []


def test_word_for_a_number(open_demo: Open) -> None:
    """What is no number is not marked wrong."""
    page = open_demo()
    start(page, "demo-q-numeric")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    assert status(page, "demo-q-numeric").startswith("That is not a number")
    assert events(page) == []


def test_second_try_is_not_rated(open_demo: Open) -> None:
    """Only the first answer of a visit counts; then one may try again."""
    page = open_demo()
    wrong = letter(page, "demo-q-single", "update")
    right = letter(page, "demo-q-single", "gradient of the loss")
    start(page, "demo-q-single")
    for choice in (wrong, right):
        page.keyboard.press(choice)
        page.keyboard.press("Enter")  # checks
        page.keyboard.press("Enter")  # tries again
        assert shown(page, "demo-q-single") == []
        assert page.locator("#demo-q-single :checked").count() == 0
    assert events(page) == [("demo-q-single", 1, "quiz")]
    page.reload()
    assert "wrong" in page.locator("#demo-q-single .study-last").inner_text()


def test_letters_are_typed_in_a_blank(open_demo: Open) -> None:
    """A letter key chooses no option while one types."""
    page = open_demo()
    start(page, "demo-q-cloze")
    page.keyboard.type("abcdef")
    assert page.input_value("#demo-q-cloze input >> nth=0") == "abcdef"
