"""The section "Your progress" in a browser: export, import, reminder, advice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from _ext.study.slim import FOLDER, assets, slim
from tools.local import served

IMPORTS = Path(__file__).parent / "imports"
EXPECTED = json.loads((IMPORTS / "expected.json").read_text("utf-8"))
SCRIPTS = (
    "review/deckstore.js",
    "review/transfer.js",
    "review/words.js",
    "review/progress.js",
)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Progress</title>
<link rel="stylesheet" href="study.css"><link rel="stylesheet" href="progress.css">
<script src="study.js"></script><script src="progress.js"></script>
<main><h1>Review</h1><h2>Your progress</h2><div class="study-review"></div></main>
<script>
  dlblStudy.index = {chapters: [{
    cards: [["demo-modes"], ["demo-check"]], questions: [["demo-q-order"]],
    retired: ["demo-memory"],
  }]};
  dlblStudy.progressSection(document.querySelector(".study-review"));
</script></html>
"""
DAY = 86_400_000
START = 1_700_000_000_000

Open = Callable[[], Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site of this one page."""
    folder = tmp_path_factory.mktemp("progress")
    for name in ("study.js", "study.css"):
        (folder / name).write_text(assets()[name], "utf-8")
    script = "\n".join(slim(FOLDER / name) for name in SCRIPTS)
    (folder / "progress.js").write_text(script, "utf-8")
    (folder / "progress.css").write_text(slim(FOLDER / "review/progress.css"), "utf-8")
    (folder / "index.html").write_text(PAGE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of a server of it."""
    with served(folder) as base:
        yield f"{base}/index.html"


@pytest.fixture
def open_page(context: BrowserContext, address: str) -> Iterator[Open]:
    """A function that opens the page in a new tab; no script may fail in any."""
    errors: list[str] = []

    def open_one() -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.goto(address)
        return page

    yield open_one
    assert errors == []


def event(i: int = 0, **changes: Any) -> dict[str, Any]:
    """One rating, an hour after the one before."""
    t = START + i * 3_600_000
    made = {"id": "demo-modes", "t": t, "day": t // DAY, "g": 3, "s": "page", "r": 1}
    return {**made, **changes}


def add(page: Page, events: list[dict[str, Any]]) -> int:
    """Add events to the store of a page."""
    return page.evaluate("(events) => dlblStudy.store.add(events)", events)


def events(page: Page) -> list[dict[str, Any]]:
    """All events of the store of a page."""
    return page.evaluate("dlblStudy.store.events()")


def stored(page: Page) -> dict[str, str]:
    """All of localStorage."""
    return page.evaluate("({...localStorage})")


def choose(page: Page, *files: Path) -> str:
    """Import a file by the picker; what is said about it."""
    status = page.locator(".study-review .study-status")
    status.evaluate("(line) => { line.textContent = ''; }")
    page.locator("#study-import").set_input_files(files)
    page.wait_for_function(
        """() => document.querySelector(".study-review .study-status").textContent
          && document.querySelector("#study-import").value === "" """
    )
    return status.inner_text()


def drop(page: Page, *texts: str) -> None:
    """Drop files with these texts on the section."""
    page.evaluate(
        """(texts) => {
          const dataTransfer = new DataTransfer();
          for (const text of texts) dataTransfer.items.add(new File([text], "a.jsonl"));
          const place = document.querySelector(".study-drop");
          const options = {bubbles: true, cancelable: true, dataTransfer};
          if (place.dispatchEvent(new DragEvent("dragover", options))) throw Error();
          if (place.dispatchEvent(new DragEvent("drop", options))) throw Error();
        }""",
        list(texts),
    )


def export(page: Page, folder: Path) -> Path:
    """Press the button; the file that was downloaded."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def text(page: Page) -> str:
    """All that the section says."""
    return page.locator(".study-review").inner_text()


def test_nothing_yet(open_page: Open) -> None:
    """It says so, and has nothing to export."""
    page = open_page()
    assert "Nothing was answered in this browser yet." in text(page)
    assert page.get_by_role("button", name="Export").is_disabled()
    assert page.locator(".study-reminder").is_hidden()
    assert stored(page) == {}


def test_from_one_browser_to_another(
    browser: Browser, open_page: Open, address: str, tmp_path: Path
) -> None:
    """What one exports the other imports: the same events, once."""
    page = open_page()
    given = [event(i) for i in range(60)] + [event(60, g=0, s="suspend")]
    assert add(page, given) == 61
    file = export(page, tmp_path)
    assert file.name.startswith("progress-20")
    said = page.locator(".study-review .study-status").inner_text()
    assert said == f"Exported 60 answers to {file.name}."
    assert json.loads(stored(page)["dlbl:meta"])["exported"] > START
    page.reload()
    assert "60 answers since 14 November 2023" in text(page)
    assert "Last exported on" in text(page)

    with browser.new_context() as other_context:
        other = other_context.new_page()
        other.goto(address)
        assert add(other, [event(0), event(99, id="demo-check")]) == 2
        assert choose(other, file) == "Imported 59 new answers, 1 other change."
        assert choose(other, file) == "All that the file holds was here already."
        other.reload()
        assert events(other) == [*given, event(99, id="demo-check")]
        assert "61 answers" in text(other)


def test_drop(open_page: Open) -> None:
    """One file is taken; two are not; neither leads away from the page."""
    page = open_page()
    good = (IMPORTS / "good.jsonl").read_text("utf-8")
    status = page.locator(".study-review .study-status")
    drop(page, good, good)
    assert status.inner_text() == "Drop one file. Nothing was imported."
    drop(page, good)
    page.wait_for_function("dlblStudy.store.events().length === 3")
    assert status.inner_text() == "Imported 3 new answers."
    drop(page)
    assert status.inner_text() == "Drop one file. Nothing was imported."


def test_file_that_cannot_be_opened(open_page: Open) -> None:
    """A file that went away meanwhile gets its line too."""
    page = open_page()
    page.evaluate(
        "() => { Blob.prototype.arrayBuffer = () => Promise.reject(Error()); }"
    )
    said = choose(page, IMPORTS / "good.jsonl")
    assert said == "The file cannot be opened. Nothing was imported."


def test_hostile_and_damaged_files(open_page: Open) -> None:
    """No script runs, nothing is asked for, nothing changes; each gets its line."""
    page = open_page()
    add(page, [event(1000), event(1001, id="demo-check")])
    page.evaluate("dlblStudy.store.setMeta({minutes: 30})")
    before, kept = stored(page), events(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name, line in EXPECTED["refused"].items():
        assert choose(page, IMPORTS / name) == line, name
        assert stored(page) == before, name
    assert events(page) == kept
    assert page.evaluate("window.ran === undefined && ({}).ran === undefined")
    assert page.locator("script").count() == 3
    assert asked == []


def test_harmless_files(open_page: Open) -> None:
    """Marks, line ends and blank lines make no difference; markup stays text."""
    page = open_page()
    total = 0
    for name, (many, cards) in EXPECTED["accepted"].items():
        said = choose(page, IMPORTS / name)
        assert "Nothing was imported" not in said, name
        total = max(total, many)
        assert bool(cards) == ("own card" in said), name
    assert total == 3
    assert page.evaluate("window.ran === undefined")
    (deck,) = page.evaluate("dlblStudy.store.decks()")
    assert deck["name"] == "<script>window.ran = 1</script>"


REMINDERS = {
    "50 answers, never exported, begun 14 days ago": (50, None, 14, True),
    "only 49 answers": (49, None, 14, False),
    "begun 13 days ago": (50, None, 13, False),
    "exported 14 days ago": (50, 14, 100, True),
    "exported 13 days ago": (50, 13, 100, False),
    "exported since": (0, 20, 100, False),
    "nothing yet": (0, None, 0, False),
}


@pytest.mark.parametrize("name", sorted(REMINDERS))
def test_reminder(open_page: Open, name: str) -> None:
    """After 14 days with 50 new answers an export is asked for."""
    fresh, exported, begun, reminds = REMINDERS[name]
    now = START + 200 * DAY
    old = [event(0, t=now - begun * DAY)] if exported else []
    since = exported or begun
    new = [event(0, t=now - since * DAY + bool(exported) + i) for i in range(fresh)]
    given = [old + new, exported and now - exported * DAY, now]
    line = open_page().evaluate("(given) => dlblStudy.reminder(...given)", given)
    assert bool(line) == reminds
    if reminds:
        assert line.startswith("50 answers are in no export yet.")


def test_reminder_is_shown_until_the_export(open_page: Open, tmp_path: Path) -> None:
    """It goes with the export that it asks for."""
    page = open_page()
    add(page, [event(i) for i in range(50)])
    reminder = page.locator(".study-reminder")
    reminder.wait_for()
    assert "export now" in reminder.inner_text()
    export(page, tmp_path)
    reminder.wait_for(state="hidden")


PERSIST = """Object.defineProperty(navigator, "storage", {value: {
  persisted: () => Promise.resolve(%s), persist: () => Promise.resolve(%s),
}, configurable: true})"""
KEEP = "Ask the browser to keep it"


@pytest.mark.parametrize(
    ("granted", "says"),
    [("true", "keeps it until you delete it"), ("false", "makes no promise")],
)
def test_persist(
    context: BrowserContext, open_page: Open, granted: str, says: str
) -> None:
    """The browser is asked when the reader says so, and its answer is told."""
    context.add_init_script(PERSIST % ("false", granted))
    page = open_page()
    page.get_by_role("button", name=KEEP).click()
    page.wait_for_function(
        """(says) => document.querySelector(".study-review .study-status")
          .textContent.includes(says)""",
        arg=says,
    )
    assert page.get_by_role("button", name=KEEP).count() == (granted == "false")
    assert page.evaluate("document.activeElement !== document.body")


def test_persist_is_there_or_cannot_be(
    context: BrowserContext, open_page: Open
) -> None:
    """Who has the promise, or a browser without one, is not asked."""
    context.add_init_script(PERSIST % ("true", "true"))
    page = open_page()
    assert page.get_by_role("button", name=KEEP).count() == 0
    context.add_init_script(
        "Object.defineProperty(navigator, 'storage', {value: undefined})"
    )
    page = open_page()
    assert page.get_by_role("button", name=KEEP).count() == 0


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_note_for_firefox(
    browser: Browser, context: BrowserContext, address: str, folder: Path
) -> None:
    """It names `make serve`, where Firefox has opened the page as a file."""
    file = (folder / "index.html").as_uri()
    with browser.new_context(user_agent=FIREFOX) as firefox:
        said = {}
        for place in (file, address):
            page = firefox.new_page()
            page.goto(place)
            said[place] = "make serve" in text(page)
    assert said == {file: True, address: False}
    page = context.new_page()
    page.goto(file)
    assert "make serve" not in text(page)


def test_another_tab_is_seen(open_page: Open) -> None:
    """What is rated there is counted here without a reload."""
    here, there = open_page(), open_page()
    there.evaluate("dlblStudy.store.rate('demo-modes', 3, 'page', 1)")
    here.get_by_text("1 answer since").wait_for()
    there.evaluate("dlblStudy.store.rate('demo-modes', 3, 'page', 1)")
    here.get_by_text("2 answers since").wait_for()
    there.evaluate("localStorage.clear()")
    here.get_by_text("Nothing was answered").wait_for()


REFUSING = {
    "newer": "Saved by a newer version",
    "damaged": "cannot be read and is left as it is",
    "full": "storage is full",
    "off": "stores nothing here",
}


@pytest.mark.parametrize("name", sorted(REFUSING))
def test_import_where_nothing_is_written(
    context: BrowserContext, open_page: Open, name: str, tmp_path: Path
) -> None:
    """It is kept in memory, one line says why, and all can be exported."""
    if name == "off":
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw Error(); }})"
        )
    page = open_page()
    if name == "newer":
        page.evaluate("localStorage.setItem('dlbl:meta', '{\"schema\": 2}')")
    elif name == "damaged":
        page.evaluate("localStorage.setItem('dlbl:meta', '{')")
    elif name == "full":  # really: the browser's own quota
        page.evaluate(
            """() => {
              for (let size = 2 ** 22, i = 0; size >= 1; i += 1) {
                try { localStorage.setItem("other:" + i, "x".repeat(size)); }
                catch (error) { size /= 2; }
              }
            }"""
        )
    before = {} if name == "off" else stored(page)
    said = choose(page, IMPORTS / "good.jsonl")
    assert said.startswith("Imported 3 new answers. ")
    assert REFUSING[name] in said
    if name != "off":
        assert stored(page) == before
    assert len(events(page)) == 3
    file = export(page, tmp_path)
    assert file.read_text("utf-8").count('"g":3') == 3
    if name != "off":
        assert stored(page) == before


def test_sandboxed_frame(context: BrowserContext, address: str) -> None:
    """In a frame without an origin the section works, from memory."""
    page = context.new_page()
    page.goto(address)
    page.set_content(f'<iframe sandbox="allow-scripts" src="{address}"></iframe>')
    frame = page.frame_locator("iframe")
    frame.locator("#study-import").set_input_files(IMPORTS / "good.jsonl")
    frame.get_by_text("Imported 3 new answers. This browser stores nothing").wait_for()
    assert "3 answers since" in frame.locator(".study-review").inner_text()
    assert "room" not in frame.locator(".study-review").inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_for_all_readers(context: BrowserContext, open_page: Open, width: int) -> None:
    """No violation, nothing wider than the page, and Tab goes through it."""
    context.add_init_script(PERSIST % ("false", "false"))
    page = open_page()
    add(page, [event(i) for i in range(60)])
    page.locator(".study-reminder").wait_for()
    page.set_viewport_size({"width": width, "height": 800})
    choose(page, IMPORTS / "page.jsonl")
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.focus(".study-buttons button")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "study-import"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")
