"""The log of ratings loses nothing, and touches nothing that it cannot read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page

Open = Callable[[], Page]

EVENT = {"id": "demo-modes", "t": 1_790_000_000_000, "day": 20_717, "g": 3}
EVENT |= {"s": "page", "r": 1}
LINE = json.dumps(EVENT) + "\n"


def stored(page: Page) -> dict[str, str]:
    """All of localStorage."""
    return page.evaluate("({...localStorage})")


def put(page: Page, values: dict[str, str]) -> None:
    """Write to localStorage, past the page's scripts, and load the page again."""
    page.evaluate("(values) => Object.assign(localStorage, values)", values)
    page.reload()


def rate(page: Page, card: str = "demo-check", grade: int = 2) -> None:
    """Rate one card with the keyboard."""
    page.focus(f"#{card} summary")
    page.keyboard.press("Space")
    page.keyboard.press(str(grade))


def notice(page: Page) -> str:
    """The one line about the storage, empty if there is none."""
    line = page.locator(".study-notice:visible")
    return line.inner_text() if line.count() else ""


def test_two_tabs_keep_everything(open_demo: Open) -> None:
    """300 cards rated in each of two tabs, by turns, are 600 in both and stay so."""
    tabs = [open_demo(), open_demo()]
    for block in range(10):
        for number, tab in enumerate(tabs):
            tab.evaluate(
                """([number, block]) => {
                  for (let i = 0; i < 30; i++) {
                    const id = `demo-${number}-${block * 30 + i}`;
                    dlblStudy.store.rate(id, 3, "page", 1);
                  }
                }""",
                [number, block],
            )
    for tab in tabs:
        tab.reload()
        ids = tab.evaluate("dlblStudy.store.events().map((event) => event.id)")
        assert len(ids) == len(set(ids)) == 600
    logs = [key for key in stored(tabs[0]) if key.startswith("dlbl:log:")]
    assert len(logs) == 2


def test_one_key_for_a_tab(open_demo: Open) -> None:
    """A tab goes on with its key from page to page."""
    page = open_demo()
    for _ in range(3):
        rate(page)
        page.reload()
    assert sum(key.startswith("dlbl:log:") for key in stored(page)) == 1
    assert len(page.evaluate("dlblStudy.store.events()")) == 3
    assert stored(page)["dlbl:meta"] == '{"schema":1}'


def test_duplicated_tab_has_its_own_key(
    context: BrowserContext, open_demo: Open
) -> None:
    """A tab that was opened from another gets a copy of its session, not its key."""
    page = open_demo()
    rate(page)
    with context.expect_page() as opened:
        page.evaluate("window.open(location.href)")
    twin = opened.value
    twin.wait_for_load_state()
    rate(twin)
    rate(page)
    assert sum(key.startswith("dlbl:log:") for key in stored(page)) == 2
    assert len(page.evaluate("dlblStudy.store.events()")) == 3


def test_same_event_twice_counts_once(open_demo: Open) -> None:
    """The union is by id and millisecond."""
    page = open_demo()
    later = {**EVENT, "t": EVENT["t"] + 1}
    values = {"dlbl:log:aaaaaa": LINE + json.dumps(later), "dlbl:log:bbbbbb": LINE}
    put(page, values)
    assert page.evaluate("dlblStudy.store.events()") == [EVENT, later]


def test_three_years_of_tabs(open_demo: Open) -> None:
    """2,000 keys, as two tabs a day leave them, are one history; each is read once."""
    page = open_demo()
    page.evaluate(
        """() => {
          for (let i = 0; i < 2000; i++) {
            const t = 1.7e12 + i * 4e7;
            const rows = [0, 1, 2].map((n) => JSON.stringify(
              ["demo-" + n, t + n, Math.floor((t + n) / 864e5), 3, "page", 1]));
            localStorage.setItem(`dlbl:log:tab${i}xyz`, rows.join("\\n") + "\\n");
          }
        }"""
    )
    page.reload()
    done = page.evaluate(
        """() => {
          const {store, parseLog, union} = dlblStudy;
          const work = {parsed: 0, joined: 0};
          dlblStudy.parseLog = (text) => { work.parsed += 1; return parseLog(text); };
          dlblStudy.union = (...lists) => { work.joined += 1; return union(...lists); };
          const look = () => [store.events().length, work.parsed, work.joined];
          const seen = [look(), look()];
          store.rate("demo-check", 3, "page", 1);
          look();
          return [...seen, look()];
        }"""
    )
    # of the tab's own log: once before it is written to, once after
    assert done == [[6000, 0, 0], [6000, 0, 0], [6001, 2, 1]]
    page.wait_for_function("dlblStudy.last.size === 4")


def test_two_ratings_in_one_millisecond(open_demo: Open) -> None:
    """Neither is lost."""
    page = open_demo()
    kept = page.evaluate(
        """() => {
          const store = dlblStudy.createStore({
            local: () => null, session: () => null, now: () => 5e11,
            offset: () => 0, random: () => "aaaaaaaa",
          });
          store.rate("demo-a", 1, "page", 1);
          store.rate("demo-a", 3, "page", 1);
          return store.events().map((event) => event.t);
        }"""
    )
    assert kept == [5e11, 5e11 + 1]


DAMAGED_LOGS = {
    "garbage": "\x00garbage{",
    "not a log": '"text"',
    "null": "null",
    "a list": "[1, 2]",
    "cut off": LINE + LINE[:30],
    "one bad line": LINE + "{}\n" + LINE.replace("modes", "check"),
    "grade 0 without a note": json.dumps({**EVENT, "g": 0}),
    "row too short": json.dumps(list(EVENT.values())[:-1]),
    "row too long": json.dumps([*EVENT.values(), 1]),
    "a day that is not its time's": json.dumps({**EVENT, "day": 1}),
    "two on a line": LINE.strip() + "," + LINE,
    "one on two lines": json.dumps(list(EVENT.values())).replace(" ", "\n", 1),
    "grade 5": json.dumps({**EVENT, "g": 5}),
    "grade as text": json.dumps({**EVENT, "g": "3"}),
    "time as text": json.dumps({**EVENT, "t": "yesterday"}),
    "time too large": json.dumps({**EVENT, "t": 1e300}),
    "day missing": json.dumps({k: v for k, v in EVENT.items() if k != "day"}),
    "markup as id": json.dumps({**EVENT, "id": "<img src=x onerror=alert(1)>"}),
    "prototype": json.dumps({**EVENT, "id": "__proto__"}),
    "long": "x" * 100_000,
}


@pytest.mark.parametrize("name", sorted(DAMAGED_LOGS))
def test_damaged_log(open_demo: Open, name: str) -> None:
    """It stays as it is, what can be read is read, new ratings get another key."""
    page = open_demo()
    damaged = {"dlbl:log:damaged1": DAMAGED_LOGS[name]}
    page.evaluate("() => dispatchEvent(new Event('pagehide'))")
    put(page, {"dlbl:meta": '{"schema": 1}', **damaged})
    # even the key of this tab is not written on when it is damaged
    page.evaluate("sessionStorage.setItem('dlbl:tab', 'damaged1')")
    page.reload()
    assert "left as it is" in notice(page)
    rate(page)
    assert stored(page)["dlbl:log:damaged1"] == DAMAGED_LOGS[name]
    page.reload()
    ids = page.evaluate("dlblStudy.store.events().map((event) => event.id)")
    assert ids[-1] == "demo-check"
    assert all(i in ("demo-modes", "demo-check") for i in ids)
    assert stored(page)["dlbl:log:damaged1"] == DAMAGED_LOGS[name]


METAS = {
    "garbage": "{",
    "null": "null",
    "a list": "[]",
    "text": '"schema"',
    "no schema": "{}",
    "schema as text": '{"schema": "1"}',
    "schema 0": '{"schema": 0}',
    "newer": '{"schema": 2, "log": "elsewhere"}',
}


@pytest.mark.parametrize("name", sorted(METAS))
def test_meta_that_is_not_ours(open_demo: Open, name: str) -> None:
    """Nothing at all is written; what is readable is shown; the page goes on."""
    page = open_demo()
    put(page, {"dlbl:meta": METAS[name], "dlbl:log:aaaaaa": LINE})
    before = stored(page)
    said = "newer version" if name == "newer" else "cannot be read"
    assert said in notice(page)
    assert "Good" in page.locator("#demo-modes .study-last").inner_text()
    rate(page)
    assert stored(page) == before
    assert len(page.evaluate("dlblStudy.store.events()")) == 2
    assert "Hard" in page.locator("#demo-check .study-last").inner_text()


BROKEN = {
    "off": "Object.defineProperty(window, 'localStorage', {get() { throw Error(); }})",
    "null": "Object.defineProperty(window, 'localStorage', {value: null})",
    "no session": (
        "Object.defineProperty(window, 'sessionStorage', {get() { throw Error(); }})"
    ),
    "full": (
        "Storage.prototype.setItem = () => {"
        " throw new DOMException('full', 'QuotaExceededError'); }"
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_storage_that_refuses(
    context: BrowserContext, open_demo: Open, name: str
) -> None:
    """The rating is kept in memory, and one line says so."""
    context.add_init_script(BROKEN[name])
    page = open_demo()
    rate(page)
    says = {"full": "storage is full", "no session": ""}.get(name, "stores nothing")
    assert says in notice(page)
    assert bool(notice(page)) == bool(says)
    assert len(page.evaluate("dlblStudy.store.events()")) == 1
    assert "Hard" in page.locator("#demo-check .study-last").inner_text()


NO_ROOM = """() => {
  window.setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = () => { throw new DOMException("full"); };
}"""
ROOM = "() => { Storage.prototype.setItem = window.setItem; }"


def test_storage_that_is_full_for_a_while(open_demo: Open) -> None:
    """What could not be written is written with the next rating."""
    page = open_demo()
    page.evaluate(NO_ROOM)
    rate(page)
    assert "full" in notice(page)
    page.evaluate(ROOM)
    rate(page, "demo-memory")
    assert notice(page) == ""
    page.reload()
    assert len(page.evaluate("dlblStudy.store.events()")) == 2


def test_full_storage_is_said_until_it_is_not(open_demo: Open) -> None:
    """Reading again, or another tab's answer, does not hide what is not stored."""
    page = open_demo()
    page.evaluate(NO_ROOM)
    rate(page)
    page.evaluate("() => { dlblStudy.store.events(); dlblStudy.store.refresh(); }")
    assert "full" in page.evaluate("dlblStudy.store.problem()")
    page.evaluate(ROOM)
    page.reload()  # on leaving it is tried once more
    assert len(page.evaluate("dlblStudy.store.events()")) == 1


FILL = """() => {
  for (let size = 2 ** 22, i = 0; size >= 1; i += 1) {
    try { localStorage.setItem("other:" + i, "x".repeat(size)); }
    catch (error) { size /= 2; }
  }
}"""


def test_quota_of_the_browser(open_demo: Open) -> None:
    """Where it is really used up, the rating is kept, and what was stored stays."""
    page = open_demo()
    rate(page)
    page.evaluate(FILL)
    before = stored(page)
    rate(page, "demo-memory")
    assert "storage is full" in notice(page)
    assert stored(page) == before
    assert len(page.evaluate("dlblStudy.store.events()")) == 2
    page.evaluate("localStorage.removeItem('other:0')")
    rate(page, "demo-modes")
    assert notice(page) == ""
    page.reload()
    assert len(page.evaluate("dlblStudy.store.events()")) == 3


MANY = """(count) => Array.from({length: count}, (_, i) => {
  const t = 1.7e12 + i * 6e5;
  const id = "backpropagation-" + String(i % 3000).padStart(8, "x");
  const s = ["page", "quiz", "review", "exam"][i % 4];
  return {id, t, day: Math.floor(t / 864e5), g: 1 + i % 4, s, r: 1};
})"""


def test_room_for_50_000_ratings(open_demo: Open) -> None:
    """They fit, with ids as long as the course's, and half as many again."""
    page = open_demo()
    page.evaluate(
        f"() => {{ window.many = ({MANY})(75000); dlblStudy.store.add(many); }}"
    )
    assert page.evaluate("dlblStudy.store.problem()") == ""
    page.reload()
    kept = page.evaluate(
        f"""() => {{
          const [there, given] = [dlblStudy.store.events(), ({MANY})(75000)];
          return JSON.stringify(there) === JSON.stringify(given);
        }}"""
    )
    assert kept
    used = sum(len(key) + len(text) for key, text in stored(page).items())
    assert used < 75_000 * 66


def test_long_log_is_not_written_on(open_demo: Open) -> None:
    """A tab takes a new key then, so that a rating stays quick; nothing is lost."""
    page = open_demo()
    page.evaluate(
        f"""() => {{
          for (const {{id, g, s}} of ({MANY})(4000)) dlblStudy.store.rate(id, g, s, 1);
        }}"""
    )
    logs = [t for key, t in stored(page).items() if key.startswith("dlbl:log:")]
    assert len(logs) == 3
    assert max(map(len, logs)) < 100_200
    assert len(page.evaluate("dlblStudy.store.events()")) == 4000
    page.reload()
    assert len(page.evaluate("dlblStudy.store.events()")) == 4000


def test_notes_and_undo(open_demo: Open) -> None:
    """They are events too; the last rating is that which was not undone."""
    page = open_demo()
    result = page.evaluate(
        """() => {
          let t = 1.7e12;
          const store = dlblStudy.createStore({
            local: () => localStorage, session: () => null, now: () => t++,
            offset: () => 0, random: () => "aaaaaaaa",
          });
          const shown = () => (store.last().get("demo-a") || {}).g;
          const seen = [];
          const first = store.rate("demo-a", 3, "review", 2);
          seen.push(shown());
          store.note("demo-a", "suspend", 2);
          seen.push(shown());
          const second = store.rate("demo-a", 1, "review", 2);
          seen.push(shown());
          const undone = store.undo(second);
          seen.push(shown());
          store.undo(first);
          seen.push(shown());
          store.undo(undone);
          seen.push(shown());
          return [seen, store.events()];
        }"""
    )
    seen, events = result
    assert seen == [3, 3, 1, 3, None, 1]
    assert [(e["g"], e["r"]) for e in events] == [
        (3, 2),
        (0, 2),
        (1, 2),
        (0, 2),
        (0, 2),
        (0, 2),
    ]
    times = [e["t"] for e in events]
    assert times == sorted(times)
    names = [e["s"] for e in events]
    assert names[:2] == ["review", "suspend"]
    undone = [int(name.removeprefix("undo:"), 36) for name in names[3:]]
    assert undone == [times[2], times[0], times[3]]
    page.reload()
    assert page.evaluate("dlblStudy.store.events()") == events


def test_other_tabs_are_seen(open_demo: Open) -> None:
    """What is rated or undone there is shown here without a reload."""
    here, there = open_demo(), open_demo()
    rate(there, "demo-check", 2)
    last = here.locator("#demo-check .study-last")
    last.get_by_text("Hard").wait_for()
    there.focus("#demo-q-numeric input")
    there.keyboard.type("2.5")
    there.keyboard.press("Enter")
    here.locator("#demo-q-numeric .study-last").get_by_text("right").wait_for()
    there.evaluate("dlblStudy.store.undo(dlblStudy.store.last().get('demo-check'))")
    last.wait_for(state="detached")
    there.evaluate("localStorage.setItem('dlbl:meta', '{\"schema\": 2}')")
    here.get_by_text("Saved by a newer version").wait_for()


def test_stamp(open_demo: Open) -> None:
    """It differs after each change, here or elsewhere, and only then."""
    page = open_demo()
    changes = [
        "dlblStudy.store.rate('demo-a', 3, 'page', 1)",
        "dlblStudy.store.rate('demo-a', 3, 'page', 1)",
        "dlblStudy.store.note('demo-a', 'suspend', 1)",
        "dlblStudy.store.setMeta({retention: 0.8})",
        "dlblStudy.store.setMeta({retention: 0.9})",
        f"localStorage.setItem('dlbl:log:bbbbbb', {json.dumps(LINE)})",
        "localStorage.removeItem('dlbl:log:bbbbbb')",
    ]
    stamps = [page.evaluate("dlblStudy.store.stamp()")]
    for change in changes:
        page.evaluate(change)
        stamps.append(page.evaluate("dlblStudy.store.stamp()"))
    assert stamps[-1] == stamps[-3]
    assert len(set(stamps)) == len(stamps) - 1
    page.evaluate("localStorage.setItem('dlbl:due', 'x')")
    page.evaluate("dlblStudy.store.events()")
    page.reload()
    assert page.evaluate("dlblStudy.store.stamp()") == stamps[-1]
    assert page.evaluate("dlblStudy.stampOf(localStorage)") == stamps[-1]


def test_settings_are_kept(open_demo: Open) -> None:
    """What is unknown in them stays, what is unsound in them is not used."""
    page = open_demo()
    meta = {"schema": 1, "minutes": -3, "daily": 20, "colour": "red"}
    put(page, {"dlbl:meta": json.dumps(meta)})
    usual = {"schema": 1, "algorithm": "fsrs-6", "retention": 0.9, "exported": None}
    read = page.evaluate("dlblStudy.store.meta()")
    assert read == {**usual, "minutes": 25, "daily": 20}
    assert page.evaluate("dlblStudy.store.setMeta({minutes: 40})") == ""
    assert json.loads(stored(page)["dlbl:meta"]) == {**meta, "minutes": 40}


@pytest.mark.parametrize("name", sorted(METAS))
def test_settings_that_are_not_ours(open_demo: Open, name: str) -> None:
    """They are left as they are; a change holds until the page is closed."""
    page = open_demo()
    put(page, {"dlbl:meta": METAS[name], "dlbl:log:aaaaaa": LINE})
    before = stored(page)
    said = page.evaluate("dlblStudy.store.setMeta({minutes: 40})")
    assert ("newer version" if name == "newer" else "cannot be read") in said
    assert page.evaluate("dlblStudy.store.meta().minutes") == 40
    assert page.evaluate("dlblStudy.store.keep('dlbl:due', 'x')") == said
    assert stored(page) == before


def test_sandboxed_frame(context: BrowserContext, demo_page: str) -> None:
    """In a frame without an origin everything works, from memory."""
    folder = Path(url2pathname(urlsplit(demo_page).path)).parent
    context.route(
        "http://demo.test/*",
        lambda route: route.fulfill(path=folder / route.request.url.split("/")[-1]),
    )
    page = context.new_page()
    page.set_content(
        '<iframe sandbox="allow-scripts" src="http://demo.test/demo.html"></iframe>',
        wait_until="load",
    )
    frame = page.frames[1]
    summary = frame.locator("#demo-check summary")
    summary.press("Space")
    summary.press("4")
    assert "Easy" in frame.locator("#demo-check .study-last").inner_text()
    assert "stores nothing" in frame.locator(".study-notice").inner_text()


@pytest.fixture(scope="module")
def day_of(browser, demo_page: str):
    """The page's day number for a list of [unix ms, offset in minutes]."""
    page = browser.new_page()
    page.goto(demo_page)
    yield lambda given: page.evaluate(
        "(given) => given.map(([t, offset]) => dlblStudy.day(t, offset))", given
    )
    page.close()


ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
]


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_local_day(day_of, data: st.DataObject) -> None:
    """A day runs from 04:00 to 04:00 by the local clock, in every zone and summer time.

    The boundary itself, 04:00:00.000, still belongs to the day before.
    """
    zone = ZoneInfo(data.draw(st.sampled_from(ZONES)))
    start = datetime(2020, 1, 1)
    seconds = data.draw(
        st.lists(st.integers(0, 12 * 365 * 86400), min_size=50, max_size=50)
    )
    given_, expected = [], []
    for second in seconds:
        local = (start + timedelta(seconds=second)).replace(tzinfo=UTC).astimezone(zone)
        offset = -local.utcoffset() / timedelta(minutes=1)
        given_.append([local.timestamp() * 1000, offset])
        clock = local.replace(tzinfo=None) - timedelta(hours=4, milliseconds=1)
        expected.append((clock - datetime(1970, 1, 1)).days)
    assert day_of(given_) == expected


def test_day_boundary(day_of) -> None:
    """One millisecond after 04:00 a new day begins."""
    four = 4 * 3600 * 1000
    assert day_of([[four, 0], [four + 1, 0], [0, 0]]) == [-1, 0, -1]
    assert day_of([[four + 1, -60], [four + 1, 60]]) == [0, -1]
