"""Every widget of the built site, in Chromium: each control, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

Open = Callable[..., Page]

# The key that moves a control to its first value, if one does, and to the next.
KEYS = {
    "slider": ("Home", "ArrowRight"),
    "radio": (None, "ArrowRight"),
    "select": ("Home", "ArrowDown"),
    "checkbox": (None, "Space"),
}
FOCUSABLE = {
    "slider": "input",
    "radio": "input:checked",
    "select": "select",
    "checkbox": "input",
}
TIMEOUT_MS = 20_000


class Widget:
    """A widget on an open page, and the frames that it should show."""

    def __init__(self, root: Locator) -> None:
        """Take the element; read its frames and where its controls stand."""
        self.root = root
        content = json.loads(root.locator(".explore-frames").text_content())
        self.labels, self.frames = content["labels"], content["frames"]
        self.controls = root.locator(".explore-control").all()
        self.kinds = [c.get_attribute("data-kind") for c in self.controls]
        self.picture = root.locator(".explore-picture")
        self.sentence = root.locator(".explore-sentence")
        self.state = [self.index(place) for place in range(len(self.controls))]

    def index(self, place: int) -> int:
        """Return the number of the value at which a control stands."""
        control, kind = self.controls[place], self.kinds[place]
        if kind == "checkbox":
            label = "on" if control.locator("input").is_checked() else "off"
            return self.labels[place].index(label)
        if kind == "select":
            return control.locator("select").evaluate("select => select.selectedIndex")
        return int(control.locator(FOCUSABLE[kind]).input_value())

    def expected(self) -> tuple[str, str]:
        """Return file and sentence of the frame for the state we pressed it to."""
        number = 0
        for labels, index in zip(self.labels, self.state, strict=True):
            number = number * len(labels) + index
        return tuple(self.frames[number])

    def focus(self, place: int) -> Locator:
        """Focus a control, and move it to its first value where a key does that."""
        field = self.controls[place].locator(FOCUSABLE[self.kinds[place]])
        field.focus()
        home, _ = KEYS[self.kinds[place]]
        if home:
            field.press(home)
            self.state[place] = 0
        return field

    def load_all(self) -> None:
        """Touch the first control, and wait until all frames have been fetched."""
        self.controls[0].locator(FOCUSABLE[self.kinds[0]]).focus()
        self.root.page.wait_for_function(
            """files => {
                const entries = performance.getEntriesByType("resource");
                const names = new Set(entries.map((e) => e.name.split("/").pop()));
                return files.every((file) => names.has(file));
            }""",
            arg=[file for file, _ in self.frames],
            timeout=TIMEOUT_MS,
        )

    def step(self, place: int) -> None:
        """Press the key for the next value."""
        kind = self.kinds[place]
        self.controls[place].locator(FOCUSABLE[kind]).press(KEYS[kind][1])
        self.state[place] = (self.state[place] + 1) % len(self.labels[place])

    def check(self) -> None:
        """Wait until the page shows picture, sentence and value of the state."""
        file, sentence = self.expected()
        self.root.page.wait_for_function(
            """([root, file, sentence]) => {
                const picture = root.querySelector(".explore-picture");
                const line = root.querySelector(".explore-sentence");
                return picture.currentSrc.endsWith("/" + file)
                    && picture.complete && picture.naturalWidth > 0
                    && picture.alt === sentence && line.textContent === sentence;
            }""",
            arg=[self.root.element_handle(), file, sentence],
            timeout=TIMEOUT_MS,
        )
        for place, kind in enumerate(self.kinds):
            assert self.index(place) == self.state[place]
            if kind == "slider":
                value = self.labels[place][self.state[place]]
                field = self.controls[place].locator("input")
                assert field.get_attribute("aria-valuetext") == value
                assert self.controls[place].locator(".explore-value").inner_text() == (
                    value
                )


def widgets(page: Page) -> Iterator[Widget]:
    """Return the widgets of a page."""
    for root in page.locator(".explore").all():
        yield Widget(root)


@pytest.fixture(scope="session")
def widget_pages(site: Path) -> list[str]:
    """The pages that hold a widget, relative to the site."""
    found = [
        page.relative_to(site).as_posix()
        for page in sorted(site.rglob("*.html"))
        if 'class="explore"' in page.read_text(encoding="utf-8")
    ]
    assert found, "the site has no widget"
    return found


def test_every_control_by_keyboard(widget_pages: list[str], open_page: Open) -> None:
    """Each value of each control shows its own picture and its own sentence.

    Each control is moved on a page of its own, with the others where they start.
    """
    for path in widget_pages:
        page = open_page(path)
        places = [
            (number, place)
            for number, widget in enumerate(widgets(page))
            for place in range(len(widget.controls))
        ]
        for number, place in places:
            page = open_page(path)
            widget = list(widgets(page))[number]
            labels = widget.labels[place]
            widget.focus(place)
            widget.check()
            pixels = {widget.picture.screenshot()}
            sentences = {widget.sentence.inner_text()}
            for _ in labels[1:]:
                widget.step(place)
                widget.check()
                pixels.add(widget.picture.screenshot())
                sentences.add(widget.sentence.inner_text())
            assert len(pixels) > 1, f"{path}, {labels}: the picture stays"
            assert len(sentences) > 1, f"{path}, {labels}: the sentence stays"
            assert page.problems == [], path


def test_from_a_folder(widget_pages: list[str], site: Path, open_page: Open) -> None:
    """The same without a server."""
    for path in widget_pages:
        page = open_page((site / path).as_uri())
        for widget in widgets(page):
            before = widget.picture.screenshot()
            for place in range(len(widget.controls)):
                widget.focus(place)
                widget.step(place)
            widget.check()
            assert widget.picture.screenshot() != before, path


def test_frames_load_at_first_touch(widget_pages: list[str], open_page: Open) -> None:
    """An untouched page fetches one frame a widget; a touched widget all of its."""
    for path in widget_pages:
        page = open_page(path)
        first = {widget.expected()[0] for widget in widgets(page)}
        assert loaded(page) == first, path
        for widget in widgets(page):
            widget.load_all()


def test_first_frame_without_script(widget_pages: list[str], open_page: Open) -> None:
    """Picture and sentence are there, and no control that would do nothing."""
    for path in widget_pages:
        scripted = open_page(path)
        for number, widget in enumerate(widgets(scripted)):
            page = open_page(path, javascript=False)
            root = page.locator(".explore").nth(number)
            assert root.locator(".explore-sentence").inner_text() == (
                widget.sentence.inner_text()
            )
            assert not root.locator(".explore-controls").is_visible()
            picture = root.locator(".explore-picture")
            assert picture.is_visible()
            assert picture.evaluate("picture => picture.naturalWidth") > 0, path


def test_print(widget_pages: list[str], open_page: Open) -> None:
    """Paper gets picture, sentence and values, and nothing to press."""
    for path in widget_pages:
        page = open_page(path)
        page.emulate_media(media="print")
        for widget in widgets(page):
            assert widget.picture.is_visible() and widget.sentence.is_visible()
            fields = "input[type=range], input[type=radio]"
            assert not any(f.is_visible() for f in widget.root.locator(fields).all())
            for place, kind in enumerate(widget.kinds):
                value = widget.labels[place][widget.state[place]]
                if kind in ("slider", "radio"):
                    words = widget.controls[place].inner_text().split("\n")
                    assert words[-1].strip().endswith(value), path


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone(widget_pages: list[str], open_page: Open, dark: bool) -> None:
    """At 360 px all is in sight, large enough to touch, on a white card."""
    for path in widget_pages:
        page = open_page(path, width=360, dark=dark)
        for widget in widgets(page):
            for part in [*widget.controls, widget.picture, widget.sentence]:
                box = part.bounding_box()
                assert box["x"] >= 0 and box["x"] + box["width"] <= 360, path
            for field in widget.root.locator("input, select").all():
                box = field.bounding_box()
                assert box["height"] >= 20, path
            card = widget.picture.evaluate(
                "picture => getComputedStyle(picture).backgroundColor"
            )
            assert card == "rgb(255, 255, 255)"


def test_a_screen_reader_hears_the_sentence_once_at_rest(
    widget_pages: list[str], open_page: Open
) -> None:
    """The live line is busy while a control moves, and free when it rests."""
    page = open_page(widget_pages[0])
    widget = next(widgets(page))
    assert widget.sentence.get_attribute("aria-live") == "polite"
    assert widget.sentence.get_attribute("aria-busy") is None
    widget.sentence.evaluate(
        """line => {
            window.busy = [];
            new MutationObserver(() => window.busy.push(line.ariaBusy))
                .observe(line, { attributeFilter: ["aria-busy"] });
        }"""
    )
    widget.focus(0)
    widget.step(0)
    page.wait_for_function("window.busy.at(-1) === null", timeout=TIMEOUT_MS)
    assert page.evaluate("window.busy[0]") == "true"


def test_a_frame_that_is_missing(widget_pages: list[str], open_page: Open) -> None:
    """The line says so, the picture stays, and it comes when it can be had."""
    page = open_page(widget_pages[0])
    widget = next(widgets(page))
    page.route("**/_frames/**", lambda route: route.abort())
    source = widget.picture.get_attribute("src")
    widget.focus(0)
    widget.step(0)
    page.get_by_text("This picture did not load.").first.wait_for()
    assert widget.picture.get_attribute("src") == source
    page.unroute("**/_frames/**")
    widget.step(0)
    widget.check()


def loaded(page: Page) -> set[str]:
    """Return the names of the frames that the page has asked for."""
    names = page.evaluate(
        "performance.getEntriesByType('resource').map((entry) => entry.name)"
    )
    return {name.rsplit("/", 1)[1] for name in names if "/_frames/" in name}
