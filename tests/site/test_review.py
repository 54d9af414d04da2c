"""The daily review: by keyboard, from the first card to the last, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import watch
from tests.site.firefox import Tab

PATH = "chapters/reference/review.html"
NOON = 1_790_000_000_000 // 86_400_000 * 86_400_000 + 12 * 3_600_000
"""The time of the tests: noon of a day in the year 2026."""
DAY = 86_400_000
TODAY = (NOON - 4 * 3_600_000 - 1) // DAY

Row = list


@pytest.fixture(scope="module")
def index(site: Path) -> dict:
    """The index of all items of the site."""
    text = (site / "_static" / "study" / "index.js").read_text("utf-8")
    return json.loads(text[text.index(".index=") + 7 :].rstrip(";\n"))


@pytest.fixture(scope="module")
def cards(index: dict) -> list[str]:
    """The ids of the first chapter's cards."""
    return [card[0] for card in index["chapters"][0]["cards"]]


@pytest.fixture
def visit(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the page with a log of ratings, at noon of a fixed day.

    `visit(*rows, width=…, dark=…, query=…)`; a row is an event as it is stored.
    """
    contexts = []

    def open_one(
        *rows: Row, width: int = 1280, dark: bool = False, query: str = ""
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            timezone_id="UTC",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.clock.install(time=NOON / 1000)
        watch(page, base_url)
        log = "".join(json.dumps(row) + "\n" for row in rows)
        page.add_init_script(
            f"""if (!localStorage.getItem("dlbl:meta")) {{
              localStorage.setItem("dlbl:meta", '{{"schema":1}}');
              localStorage.setItem("dlbl:log:seeded", {json.dumps(log)});
            }}"""
        )
        page.goto(f"{base_url}/{PATH}{query}")
        return page

    yield open_one
    for context in contexts:
        context.close()


def rated(id_: str, days_ago: int, grade: int = 3, source: str = "review") -> Row:
    """A rating of some days ago, at noon."""
    return [id_, NOON - days_ago * DAY, TODAY - days_ago, grade, source, 1]


def due(cards: list[str], count: int) -> list[Row]:
    """A log after which so many cards are due, and no other is scheduled."""
    return [rated(card, 30 + i) for i, card in enumerate(cards[:count])]


def stored(page: Page) -> list[dict]:
    """The events since the page was opened."""
    return page.evaluate(f"dlblStudy.store.events().filter(e => e.t >= {NOON})")


def start(page: Page) -> None:
    """Start the sitting by keyboard and wait for its first item."""
    page.locator(".review-first").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".review-session .study-card, .study-question")).to_be_visible()


def asked(page: Page) -> str:
    """The id of the item that is asked."""
    item = page.locator(".review-session .study-card, .review-session .study-question")
    return item.get_attribute("id")


def focus_in_session(page: Page) -> bool:
    """Whether the keys go to the sitting."""
    return page.evaluate("document.activeElement.closest('.review-session') !== null")


def answer(page: Page, key: str) -> str:
    """Turn the card and rate it; wait until something else is asked. Its id."""
    before = asked(page)
    page.keyboard.press("Space")
    expect(page.locator(f"#{before}")).to_have_attribute("open", "")
    page.keyboard.press(key)
    expect(page.locator(f"#{before}[open]")).to_have_count(0)
    return before


def test_first_visit(visit: Callable[..., Page], index: dict) -> None:
    """Without any card the page says what to do, and a start is offered."""
    page = visit()
    today = page.locator("[data-part=today]")
    expect(today).to_contain_text("No cards yet")
    standing = page.locator("[data-part=standing]")
    expect(standing).to_contain_text("You have met none of")
    expect(standing.locator("figure")).to_have_count(1)  # no chart of nothing
    link = today.get_by_role("link", name=index["chapters"][0]["title"])
    assert link.get_attribute("href").endswith(index["chapters"][0]["url"])
    today.get_by_role("button", name="start with 10 new cards").click()
    expect(page.locator(".review-progress")).to_contain_text("0 done, 10 left")
    assert page.problems == []


def test_first_cards_come_from_elsewhere(
    visit: Callable[..., Page], cards: list[str]
) -> None:
    """After an import, or an answer in another tab, the first start gives way."""
    page = visit()
    today = page.locator("[data-part=today]")
    expect(today).to_contain_text("No cards yet")
    row = dict(zip(("id", "t", "day", "g", "s", "r"), rated(cards[0], 30), strict=True))
    page.evaluate("event => dlblStudy.store.add([event])", row)
    expect(page.locator(".review-tiles")).to_contain_text("1 due")
    expect(today).not_to_contain_text("No cards yet")


def test_header_follows_the_sitting(
    visit: Callable[..., Page], cards: list[str]
) -> None:
    """The header counts what is left, and is kept for the next page."""
    page = visit(*due(cards, 3))
    header = page.locator(".study-due")
    expect(header).to_have_text("3 due")
    start(page)
    answer(page, "3")
    expect(header).to_have_text("2 due")
    answer(page, "1")
    page.keyboard.press("s")
    expect(header).to_have_text("1 due")
    page.keyboard.press("u")
    expect(header).to_have_text("2 due")
    kept = page.evaluate("JSON.parse(localStorage.getItem('dlbl:due')).days")
    assert sum(count for day, count in kept if day <= TODAY) == 2


def test_click_beside_the_sitting_does_not_silence_the_keys(
    visit: Callable[..., Page], cards: list[str]
) -> None:
    """Whoever clicks on the empty page still turns, rates and undoes by key."""
    page = visit(*due(cards, 3))
    start(page)
    first = asked(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    expect(page.locator(f"#{first}")).to_have_attribute("open", "")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("3")
    expect(page.locator(f"#{first}")).to_have_count(0)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("u")
    expect(page.locator(f".review-session #{first}")).to_be_visible()
    assert focus_in_session(page)
    page.keyboard.press("Escape")
    page.keyboard.press("u")  # the sitting is over: no key is its own any more
    expect(page.locator(".review-title").first).to_have_text("Stopped")


def test_backlog_says_how_long_it_takes(
    visit: Callable[..., Page], index: dict
) -> None:
    """More than fits in a sitting: the time for all, and that a pause is offered."""
    items = [item[0] for one in index["chapters"] for item in one["cards"]]
    page = visit(*[rated(id_, 90) for id_ in items])
    page.evaluate("dlblStudy.store.setMeta({ minutes: 5 })")
    page.reload()
    expect(page.locator("[data-part=today]")).to_contain_text(
        "After 5 minutes you are asked whether to go on."
    )
    page.evaluate("dlblStudy.store.setMeta({ minutes: 600 })")
    page.reload()
    expect(page.locator(".review-tiles")).to_contain_text("due")
    expect(page.locator("[data-part=today]")).not_to_contain_text("you are asked")


def test_nothing_due(visit: Callable[..., Page], cards: list[str]) -> None:
    """Then the page says when the next is."""
    page = visit(*[rated(card, 0) for card in cards])
    today = page.locator("[data-part=today]")
    expect(today).to_contain_text("Nothing is due now")
    expect(today).to_contain_text(
        re.compile(r"The next (one comes|\d+ come) back (tomorrow|on \w+day)")
    )


def test_a_sitting_by_keyboard(visit: Callable[..., Page], cards: list[str]) -> None:
    """Due cards first, then new ones to the daily limit; what failed comes again."""
    page = visit(*due(cards, 3))
    expect(page.locator(".review-tiles")).to_have_text("3 due10 new")
    start(page)
    met = []
    for key in ("1", "3", "Space"):
        assert focus_in_session(page)
        met.append(answer(page, key))
    assert set(met) == set(cards[:3])
    for card in cards[3:13]:
        assert answer(page, "4") == card
    assert answer(page, "2") == met[0]
    expect(page.locator(".review-title").first).to_be_focused()
    expect(page.locator("[data-part=today]")).to_contain_text("You gave 14 answers")
    grades = [(e["id"], e["g"], e["s"]) for e in stored(page)]
    first = [(met[0], 1, "review"), (met[1], 3, "review"), (met[2], 3, "review")]
    assert grades == [
        *first,
        *((card, 4, "review") for card in cards[3:13]),
        (met[0], 2, "review"),
    ]
    assert page.problems == []


def test_intervals_on_the_buttons_are_those_that_follow(
    visit: Callable[..., Page], cards: list[str]
) -> None:
    """What a button promises is when the card is due."""
    page = visit(*[rated(card, 3 + i) for i, card in enumerate(cards[:4])])
    start(page)
    for i in range(1, 4):
        page.keyboard.press("Space")
        button = page.locator(".study-rate button").nth(i)
        days = int(re.search(r"(\d+) days?$", button.inner_text().strip())[1])
        id_ = answer_open(page, str(i + 1))
        known = page.evaluate(
            """id => {
              const { store, replay, scheduler } = dlblStudy;
              return replay(store.events(), scheduler(store.meta())).get(id);
            }""",
            id_,
        )
        assert known["due"] == TODAY + days


def answer_open(page: Page, key: str) -> str:
    """Rate the card that is open."""
    before = asked(page)
    page.keyboard.press(key)
    expect(page.locator(f"#{before}[open]")).to_have_count(0)
    return before


def test_undo_to_the_start(visit: Callable[..., Page], cards: list[str]) -> None:
    """Any number of steps back; the log keeps all, the memory none of it."""
    page = visit(*due(cards, 3))
    memory = """() => JSON.stringify([...dlblStudy.replay(dlblStudy.store.events(),
        dlblStudy.scheduler(dlblStudy.store.meta()))])"""
    before = page.evaluate(memory)
    start(page)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    met = [answer(page, key) for key in "1341"]
    page.keyboard.press("s")
    expect(page.locator(".review-said")).to_contain_text("Suspended.")
    met.append(stored(page)[-1]["id"])
    for i, id_ in enumerate(reversed(met)):
        page.keyboard.press("Control+z" if i % 2 else "u")
        expect(page.locator(f".review-session #{id_}")).to_be_visible()
        assert focus_in_session(page)
    expect(page.locator(".review-progress")).to_contain_text("0 done, 13 left")
    assert page.evaluate(memory) == before
    assert len(stored(page)) == 10
    page.keyboard.press("u")
    expect(page.locator(".review-said")).to_be_visible()
    assert len(stored(page)) == 10


def test_undo_after_the_end(visit: Callable[..., Page], cards: list[str]) -> None:
    """The last answer can be taken back when all is done."""
    page = visit(*[rated(card, 30) for card in cards[:1]], query="?part=none")
    page.get_by_text("Choose what to review").click()
    page.locator("select[name=fresh]").select_option("none")
    start(page)
    last = answer(page, "4")
    page.get_by_role("button", name="Undo the last answer").click()
    expect(page.locator(f".review-session #{last}")).to_be_visible()


def test_suspend_and_resume(visit: Callable[..., Page], cards: list[str]) -> None:
    """A suspended card is not asked, and is listed until it is resumed."""
    page = visit(*due(cards, 2))
    start(page)
    first = asked(page)
    page.keyboard.press("s")
    expect(page.locator(f".review-session #{first}")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".review-tiles")).to_contain_text("1 due")
    page.reload()
    expect(page.locator(".review-tiles")).to_contain_text("1 due")
    page.get_by_role("button", name="Resume").click()
    expect(page.locator(".review-tiles")).to_contain_text("2 due")
    assert [event["s"] for event in stored(page)] == ["suspend", "resume"]
    assert page.evaluate("document.activeElement !== document.body")


def test_reload_goes_on_in_the_same_place(
    visit: Callable[..., Page], cards: list[str]
) -> None:
    """The same card, open as it was, with the way back."""
    page = visit(*due(cards, 3))
    start(page)
    first = answer(page, "1")
    here = asked(page)
    said = page.locator(".review-said")
    expect(said).to_have_text("Again: it comes back in this session. 13 left.")
    page.keyboard.press("Space")
    expect(said).to_have_text("")  # it was about the card before
    kept = "JSON.parse(sessionStorage.getItem('dlbl:session')).isOpen"
    page.wait_for_function(kept)
    page.reload()
    expect(page.locator(f".review-session #{here}")).to_have_attribute("open", "")
    expect(page.locator(".review-progress")).to_contain_text("1 done, 13 left")
    assert focus_in_session(page)
    page.keyboard.press("u")
    expect(page.locator(f".review-session #{first}")).to_be_visible()


def test_what_was_answered_in_a_chapter_meanwhile_is_not_asked_again(
    visit: Callable[..., Page], cards: list[str], index: dict
) -> None:
    """The way to the chapter and back, with an answer there."""
    page = visit(*due(cards, 2))
    start(page)
    here = asked(page)
    page.locator(".review-where a").click()
    page.wait_for_url(f"**/{index['chapters'][0]['url']}")
    page.focus(f"#{here} > summary")
    page.keyboard.press("Space")
    page.keyboard.press("3")
    page.go_back()
    expect(page.locator(".review-progress")).to_contain_text("0 done, 11 left")
    assert asked(page) != here


def test_card_rated_as_soon_as_it_turns(
    visit: Callable[..., Page], cards: list[str]
) -> None:
    """The browser tells of the turning later: that says nothing of the next card."""
    page = visit(*due(cards, 2))
    start(page)
    before = asked(page)
    page.evaluate(
        """() => {
          const card = document.querySelector(".review-session .study-card");
          card.open = true;
          card.querySelectorAll(".study-rate button")[2].click();
        }"""
    )
    expect(page.locator(f".review-session #{before}")).to_have_count(0)
    page.evaluate("new Promise((go) => setTimeout(go))")
    assert not page.evaluate("JSON.parse(sessionStorage['dlbl:session']).isOpen")
    expect(page.locator(".review-said")).to_contain_text("Good: it comes back")


def test_next_day_begins_anew(visit: Callable[..., Page], cards: list[str]) -> None:
    """What was left yesterday is due again today, no more."""
    page = visit(*due(cards, 3))
    start(page)
    answer(page, "3")
    page.clock.set_system_time((NOON + DAY) / 1000)
    page.reload()
    expect(page.locator(".review-tiles")).to_contain_text("2 due")


def test_pause_comes_gently(visit: Callable[..., Page], cards: list[str]) -> None:
    """After the minutes the next card waits for a word; nothing is cut off."""
    page = visit(*due(cards, 12))
    page.evaluate("dlblStudy.store.setMeta({ minutes: 1 })")
    page.reload()
    start(page)
    here = asked(page)
    page.clock.fast_forward(90_000)
    expect(page.locator(f".review-session #{here}")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("3")
    expect(page.locator(".review-title").first).to_have_text("Time for a pause")
    assert [event["id"] for event in stored(page)] == [here]
    page.get_by_role("button", name="Go on for 5 minutes").click()
    expect(page.locator(".review-session .study-card")).to_be_visible()
    assert asked(page) != here


def test_due_question(visit: Callable[..., Page], index: dict) -> None:
    """A question of a quiz is asked as one: right is Good, wrong is Again."""
    questions = index["chapters"][0]["questions"]
    single = next(q[0] for q in questions if q[1] == "single")
    page = visit(rated(single, 30))
    page.get_by_text("Choose what to review").click()
    page.locator("select[name=fresh]").select_option("none")
    start(page)
    assert asked(page) == single
    said = page.locator(".review-said")
    for right in (False, True):
        marks = page.locator(".study-because").evaluate_all(
            "all => all.map((one) => 'right' in one.dataset)"
        )
        page.locator(".review-session").focus()
        page.keyboard.press("abcdef"[marks.index(right)])
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Next")).to_be_focused()
        expect(page.get_by_role("button", name="Next")).to_be_in_viewport()
        expect(said).to_contain_text(
            re.compile("comes back (tomorrow|on )" if right else "back in this session")
        )
        assert page.locator(".study-why").is_visible()
        page.keyboard.press("Enter")
    expect(page.locator(".review-title").first).to_have_text("Done for now")
    assert [(e["g"], e["s"]) for e in stored(page)] == [(1, "review"), (3, "review")]


def test_why_am_i_asked_this(
    visit: Callable[..., Page], cards: list[str], index: dict
) -> None:
    """In words, with the last answers and the link to the paragraph."""
    page = visit(rated(cards[0], 40, 4), rated(cards[0], 30, 2, "page"))
    start(page)
    page.keyboard.press("w")
    panel = page.locator("#review-why")
    expect(panel).to_contain_text("You last answered “Hard” on")
    expect(panel).to_contain_text(
        re.compile(r"chance that you still know it is \d+\s%")
    )
    expect(panel.locator(".study-why")).to_have_count(0)
    assert panel.locator("tbody tr").all_inner_texts()[0].split("\t")[1:] == [
        "Hard",
        "in the chapter",
    ]
    page.keyboard.press("Space")
    expect(panel.locator(".study-why")).to_be_visible()
    href = panel.get_by_role("link").last.get_attribute("href")
    chapter = index["chapters"][0]
    assert href.endswith(f"{chapter['url']}#{chapter['cards'][0][5]}")
    panel.get_by_role("link").last.click()
    page.wait_for_url(f"**/{chapter['url']}*")
    anchor = chapter["cards"][0][5]
    assert page.locator(f"[id='{anchor}']").count() == 1
    page.go_back()
    expect(page.locator(f".review-session #{cards[0]}")).to_be_visible()


def test_keys_are_shown(visit: Callable[..., Page], cards: list[str]) -> None:
    """The question mark shows every key, and hides them again."""
    page = visit(*due(cards, 1))
    start(page)
    page.keyboard.press("?")
    expect(page.locator("#review-keys")).to_be_visible()
    keys = page.locator("#review-keys kbd").all_inner_texts()
    assert {"Space", "1", "2", "3", "4", "W", "U", "S", "?", "Esc"} <= set(keys)
    page.keyboard.press("?")
    expect(page.locator("#review-keys")).to_be_hidden()


def test_filters(visit: Callable[..., Page], index: dict) -> None:
    """By part or chapter, topic and level; the address may ask for a chapter."""
    rows = [rated(item[0], 30) for one in index["chapters"] for item in one["cards"]]
    page = visit(*rows, query=f"?chapter={index['chapters'][-1]['slug']}")
    count = page.locator(".review-number").first
    expect(count).to_have_text(str(len(index["chapters"][-1]["cards"])))
    page.get_by_text("Choose what to review").click()
    page.get_by_label("Part or chapter").select_option("")
    expect(count).to_have_text(str(len(rows)))
    every = [item for one in index["chapters"] for item in one["cards"]]
    topic, level = every[0][2:4]
    page.get_by_label("Topic").select_option(topic)
    expect(count).to_have_text(str(sum(item[2] == topic for item in every)))
    page.get_by_label("Level").select_option(level)
    both = sum(item[2:4] == [topic, level] for item in every)
    expect(count).to_have_text(str(both))
    start(page)
    expect(page.locator(".review-progress")).to_contain_text(f"{both} left")


def test_settings(visit: Callable[..., Page], cards: list[str]) -> None:
    """A sound value is kept, another one is refused with its range."""
    page = visit(*due(cards, 1))
    page.get_by_text("Settings").click()
    daily = page.get_by_label("New cards a day")
    daily.fill("3")
    daily.press("Enter")
    expect(page.locator(".review-tiles")).to_contain_text("3 new")
    daily.fill("-2")
    daily.blur()
    expect(page.locator("[data-part=today]")).to_contain_text("from 0 to 1000")
    page.reload()
    expect(page.locator(".review-tiles")).to_contain_text("3 new")


def test_where_you_stand(visit: Callable[..., Page], cards: list[str]) -> None:
    """Each chart has a sentence and its numbers, which fit what was answered."""
    leech = [rated(cards[0], 60 - 5 * i, 3 if i % 2 else 1) for i in range(11)]
    known = [rated(cards[1], 40), rated(cards[1], 20), rated(cards[1], 10, 1)]
    page = visit(*leech, *known)
    standing = page.locator("[data-part=standing]")
    charts = standing.locator("figure")
    expect(charts).to_have_count(3)
    expect(charts.locator("svg")).to_have_count(3)
    for chart in charts.all():
        chart.locator("summary").click()
    forecast = charts.nth(0).locator("tbody td").all_inner_texts()
    assert len(forecast) == 14
    assert sum(map(int, forecast)) <= 2
    shares = charts.nth(1).locator("tbody tr").all_inner_texts()
    asked = [int(row.split("\t")[1]) for row in shares]
    assert sum(asked) == 12  # within eight weeks, each on a later day than the last
    learned = charts.nth(2).locator("tbody tr").all_inner_texts()
    assert learned[0].split("\t")[-1] == str(len(cards))
    expect(standing).to_contain_text("Forgotten again and again")
    expect(standing).to_contain_text("forgotten 5 times")
    page.get_by_role("button", name="Suspend").click()
    expect(standing).to_contain_text("Suspended")
    expect(standing).not_to_contain_text("Forgotten again and again")


def test_plan(visit: Callable[..., Page], cards: list[str]) -> None:
    """New cards a day for a number of weeks, and one press to keep to it."""
    page = visit(*due(cards, 2))
    plan = page.locator("[data-part=plan]")
    plan.get_by_label("Weeks").fill("0")
    plan.get_by_role("button", name="Work it out").click()
    weeks = plan.get_by_label("Weeks")
    assert weeks.evaluate("one => !one.checkValidity()")
    expect(plan.locator("figure")).to_have_count(0)
    weeks.fill("3")
    weeks.press("Enter")
    expect(plan.locator("figcaption")).to_contain_text("new cards a day")
    plan.locator("summary").click()
    rows = plan.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == ["1", "2", "3"]
    take = plan.get_by_role("button", name="Learn")
    daily = int(re.search(r"\d+", take.inner_text())[0])
    take.click()
    expect(page.locator(".review-tiles")).to_contain_text(f"{daily} new")
    assert page.evaluate("dlblStudy.store.meta().daily") == daily


def test_own_deck(visit: Callable[..., Page], cards: list[str]) -> None:
    """The learner's own cards are asked too, and their text stays text."""
    page = visit(*due(cards, 1))
    deck = {
        "schema": 1,
        "name": "Mine",
        "cards": [
            {"id": "own-00c0ffee", "front": "<b>F</b>", "back": "<i>B</i>", "topic": ""}
        ],
    }
    page.evaluate("deck => dlblStudy.store.addDeck(deck)", deck)
    page.wait_for_load_state("networkidle")
    page.reload()
    page.get_by_text("Choose what to review").click()
    page.get_by_label("Part or chapter").select_option("part:own")
    start(page)
    expect(page.locator("#own-00c0ffee .study-front")).to_have_text("<b>F</b>")
    answer(page, "3")
    assert [event["id"] for event in stored(page)] == ["own-00c0ffee"]
    assert page.problems == []


@pytest.mark.parametrize("width", [1280, 360])
def test_own_exports_come_back(
    visit: Callable[..., Page], site: Path, index: dict, cards: list[str], width: int
) -> None:
    """The decks of this site, read as own cards: added, asked, and removed."""
    page = visit(*due(cards, 1), width=width)
    status = page.locator("[data-part=own] [role=status]")
    slug = index["chapters"][0]["slug"]
    for suffix in ("org", "tsv"):
        page.set_input_files("#study-own-file", site / "decks" / f"{slug}.{suffix}")
        expect(status).to_contain_text(f"{slug}.{suffix}: ")
    decks = page.evaluate("dlblStudy.store.decks()")
    cards = [card for deck in decks for card in deck["cards"]]
    assert len(decks) == 2
    assert len(decks[0]["cards"]) == len(decks[1]["cards"])
    for card in cards:
        assert not re.search(r"\]\[|\[\[http|⏎", card["back"])
    page.get_by_text("Choose what to review").click()
    page.get_by_label("Part or chapter").select_option("part:own")
    page.locator(".review-first").click()
    for _ in range(3):
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0
        answer(page, "3")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Finish").click()
    for _ in decks:
        page.locator("[data-part=own] li").first.get_by_role("button").click()
        page.get_by_role("button", name="Yes, remove").click()
    expect(page.locator("[data-part=own] li")).to_have_count(0)
    assert page.problems == []


def test_another_tab(visit: Callable[..., Page], cards: list[str]) -> None:
    """A card that was answered in another tab is not asked again."""
    page = visit(*due(cards, 2))
    start(page)
    here = asked(page)
    other = page.context.new_page()
    other.clock.install(time=(NOON + 60_000) / 1000)
    other.goto(page.url)
    other.evaluate("id => dlblStudy.store.rate(id, 3, 'page', 1)", here)
    expect(page.locator(f".review-session #{here}")).to_have_count(0)
    expect(page.locator(".review-progress")).to_contain_text("0 done, 11 left")


def test_chapter_that_cannot_be_loaded(
    visit: Callable[..., Page], cards: list[str], index: dict
) -> None:
    """Its cards are left out, it is said, and the others are asked."""
    other = index["chapters"][1]["cards"][0][0]
    page = visit(*due(cards, 1), rated(other, 30))
    page.route(f"**/{index['chapters'][0]['slug']}.js*", lambda route: route.abort())
    page.locator(".review-first").click()
    expect(page.locator(f".review-session #{other}")).to_be_visible()
    answer(page, "3")
    expect(page.locator("[data-part=today]")).to_contain_text("1 answer")
    assert [event["id"] for event in stored(page)] == [other]


def test_every_item_is_built_as_in_its_chapter(
    visit: Callable[..., Page], open_page: Callable[..., Page], index: dict
) -> None:
    """The same markup, formulas and all; only addresses and ids inside may differ."""
    strip = """one => {
      const copy = one.cloneNode(true);
      for (const each of copy.querySelectorAll("*")) {
        each.removeAttribute("id");
        each.removeAttribute("href");
        each.removeAttribute("src");
        each.removeAttribute("xmlns");
      }
      return copy.outerHTML;
    }"""
    review = visit()
    for chapter in index["chapters"]:
        page = open_page(chapter["url"], javascript=False)
        for kind, name in (("cards", "card"), ("questions", "question")):
            items = page.locator(f".study-{name}")
            expected = {
                one.get_attribute("id"): one.evaluate(strip) for one in items.all()
            }
            built = review.evaluate(
                f"""async ([slug, kind]) => Object.fromEntries(
                  [...(await dlblStudy.load(slug))[kind]]
                    .map(([id, one]) => [id, ({strip})(one)]))""",
                [chapter["slug"], kind],
            )
            assert built == expected


def test_built_elements_are_inert(visit: Callable[..., Page]) -> None:
    """What a tree may not hold is left out, whatever it says."""
    page = visit()
    built = page.evaluate(
        """() => dlblStudy.build(["div", {onclick: "x()", id: "a"},
          ["script", {src: "x.js"}, "alert(1)"], ["iframe", {srcdoc: "x"}],
          ["a", {href: "javascript:alert(1)"}, "a"],
          ["a", {href: " JavaScript:alert(1)"}, "b"],
          ["a", {href: "//example.org"}, "c"],
          ["a", {href: "https://example.org"}, "d"],
          ["img", {src: "https://example.org/x.png", onerror: "x()", alt: ""}],
          ["p", {style: "background: url(https://example.org)"}, "<b>text</b>"],
          ["form", {action: "https://example.org", method: "post"}],
          ["a", {href: "x.html#y"}, "e"]], "../").outerHTML"""
    )
    assert built == (
        '<div id="a"><a>a</a><a>b</a><a>c</a><a href="https://example.org">d</a>'
        '<img alt=""><p>&lt;b&gt;text&lt;/b&gt;</p><form></form>'
        '<a href="../x.html#y">e</a></div>'
    )


def violations(page: Page) -> list[str]:
    """What axe finds against the page."""
    return [
        f"{rule['id']}: {node['html'][:150]}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]


NAMES_APART = """() => {
  const charts = [...document.querySelectorAll(".review-drawing")];
  return charts.every((one) => {
    const boxes = [...one.querySelectorAll(".review-name")]
      .map((name) => name.getBoundingClientRect())
      .filter(({ width }) => width); // none while a sitting hides them
    return boxes.every((box, i) => !i || boxes[i - 1].right + 2 <= box.left);
  });
}"""
"""Whether no two names below a chart touch."""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_state_is_accessible_and_fits(
    visit: Callable[..., Page], cards: list[str], dark: bool, width: int
) -> None:
    """At the start, closed, turned, with all panels, at the end: axe 0, no overflow."""
    leech = [rated(cards[0], 60 - 5 * i, 3 if i % 2 else 1) for i in range(11)]
    page = visit(*leech, *due(cards[1:], 2), width=width, dark=dark)

    def check() -> None:
        assert violations(page) == []
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0
        assert page.evaluate(NAMES_APART)

    page.get_by_text("Choose what to review").click()
    page.get_by_text("Settings").click()
    for fold in page.locator(".review-chart summary").all():
        fold.click()
    check()
    start(page)
    check()
    front = page.locator(".review-session summary").bounding_box()
    turn = page.get_by_role("button", name="Show the answer").bounding_box()
    assert turn["y"] - front["y"] - front["height"] >= 4  # room for the outline
    page.keyboard.press("Space")
    page.keyboard.press("w")
    page.keyboard.press("?")
    check()
    page.keyboard.press("Escape")
    expect(page.locator(".review-title").first).to_have_text("Stopped")
    check()


def test_from_a_folder(site: Path, browser: Browser) -> None:
    """Opened as files, cards load and ratings are kept."""
    page = browser.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((site / PATH).as_uri())
    page.get_by_role("button", name="start with").click()
    expect(page.locator(".review-session .study-card")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("3")
    expect(page.locator(".review-progress")).to_contain_text("1 done")
    assert problems == []
    page.close()


def test_in_firefox(open_in_firefox: Callable[..., Tab]) -> None:
    """A sitting by keyboard: turned, rated, undone, suspended, gone on with."""
    tab = open_in_firefox(PATH)
    tab.evaluate(
        """() => {
          const { store, index } = dlblStudy;
          const day = Math.floor(Date.now() / 86400e3) - 30;
          const t = day * 86400e3 + 43200e3;
          const ids = index.chapters[0].cards.slice(0, 3).map(([id]) => id);
          store.add(ids.map((id, i) => ({ id, t: t + i, day, g: 3, s: "page", r: 1 })));
          return 0;
        }"""
    )
    tab.wait_for("document.querySelector('.review-tiles')")
    card = "document.querySelector('.review-session .study-card')"
    progress = "document.querySelector('.review-progress').textContent"
    in_session = "document.activeElement.closest('.review-session') !== null"
    tab.evaluate("document.querySelector('.review-first').focus()")
    tab.press("Enter")
    met = []
    for key in ("3", "1"):
        tab.wait_for(f"{card} && {in_session}")
        met.append(tab.evaluate(f"{card}.id"))
        tab.press("Space")
        tab.wait_for(f"{card}.open")
        tab.press(key)
        tab.wait_for(f"{card}.id !== '{met[-1]}'")
    tab.press("u")
    tab.wait_for(f"{card}.id === '{met[-1]}' && {in_session}")
    tab.press("s")
    tab.wait_for(f"{progress}.startsWith('2 done, ')")
    left = tab.evaluate(f"{card}.id")
    tab.press("Space")
    tab.wait_for(f"{card}.open")
    tab.reload()
    tab.wait_for(f"{card} && {card}.id === '{left}' && {card}.open && {in_session}")
    tab.press("4")
    tab.wait_for(f"{progress}.startsWith('3 done, ')")
    tab.press("Escape")
    tab.wait_for("document.activeElement.textContent === 'Stopped'")
    kept = tab.evaluate("dlblStudy.store.events().slice(3).map(({ g, s }) => [g, s])")
    assert [g for g, _ in kept] == [3, 1, 0, 0, 4]
    assert kept[2][1].startswith("undo:")
    assert kept[3][1] == "suspend"
    assert tab.problems == []
