"""The review page with many cards: how soon it can be used, and how fast cards turn."""

from __future__ import annotations

import json
import shutil
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page

from benchmarks.browser import SITE, open_site
from benchmarks.flips import flip
from benchmarks.table import Row

TITLE = "Review page (milliseconds; medians of 5 openings and of 20 cards)"
PAGE = Path("chapters", "reference", "review.html")
N_CARDS = 1000
N_OPENINGS = 5
N_FLIPS = 20
N_RATINGS = 10
"""Ratings of each card so far."""
DAY_MS = 86_400_000

READY = """new MutationObserver((_, observer) => {
  if (!document.querySelector(".review-number")) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { window.ready = performance.now(); };
    channel.port2.postMessage(0);
  });
}).observe(document, {childList: true, subtree: true});"""

# From the key that rates a card to the paint of the next one.
NEXT = """() => {
  let pressed;
  addEventListener("keydown", e => pressed = e.timeStamp, {capture: true, once: true});
  const stage = document.querySelector(".review-session .study-card").parentNode;
  window.next = new Promise(done => new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - pressed);
      channel.port2.postMessage(0);
    });
  }).observe(stage, {childList: true}));
}"""


def measure() -> list[Row]:
    """Open a copy of the page whose index has been multiplied; turn and rate cards."""
    with TemporaryDirectory() as folder:
        site = Path(folder)
        ids = copy_site(site)
        stored = log(ids)
        with open_site(site) as (browser, address):
            opened = []
            for _ in range(N_OPENINGS):
                tab = browser.new_page()
                opened.append(open_page(tab, address, stored))
            turned, rated = turn_cards(tab)
    return [
        {
            "cards": len(ids),
            "events": stored.count("\n"),
            "open": round(statistics.median(opened)),
            "flip": round(statistics.median(turned), 1),
            "largest flip": round(max(turned), 1),
            "next card": round(statistics.median(rated), 1),
        }
    ]


def copy_site(site: Path) -> list[str]:
    """Copy what the page needs, with chapters added up to N_CARDS cards: their ids."""
    (site / PAGE).parent.mkdir(parents=True)
    shutil.copy(SITE / PAGE, site / PAGE)
    shutil.copytree(SITE / "_static", site / "_static")
    file = site / "_static" / "study" / "index.js"
    start, text = file.read_text("utf-8").split(".index=", 1)
    index = json.loads(text.rstrip(";\n"))
    originals = index["chapters"]
    if not any(chapter["cards"] for chapter in originals):
        raise SystemExit("the site has no cards: run `make site` first")
    index["chapters"] = []
    ids: list[str] = []
    turn = 0
    while len(ids) < N_CARDS:
        chapter = multiply(originals[turn % len(originals)], turn, file.parent)
        chapter["cards"] = chapter["cards"][: N_CARDS - len(ids)]
        ids += [card[0] for card in chapter["cards"]]
        index["chapters"].append(chapter)
        turn += 1
    file.write_text(f"{start}.index={json.dumps(index)};\n", "utf-8")
    return ids


def multiply(chapter: dict[str, Any], turn: int, folder: Path) -> dict[str, Any]:
    """A chapter under another name, with its script."""
    slug = f"{chapter['slug']}-{turn}"
    script = (folder / f"{chapter['slug']}.js").read_text("utf-8")
    made = {**chapter, "slug": slug}
    for kind in ("cards", "questions"):
        made[kind] = [[f"{item[0]}-{turn}", *item[1:]] for item in chapter[kind]]
        for item in chapter[kind]:
            script = script.replace(f'"{item[0]}"', f'"{item[0]}-{turn}"')
    script = script.replace(f'deck("{chapter["slug"]}"', f'deck("{slug}"')
    (folder / f"{slug}.js").write_text(script, "utf-8")
    return made


def log(ids: list[str]) -> str:
    """Ratings of all cards, as they are stored; the last says Again: all are due."""
    now = round(time.time() * 1000)
    rows = [
        [id_, now - (i * 40 + n % 17) * DAY_MS - n, 0, 1 if i == 1 else 3, "review", 1]
        for n, id_ in enumerate(ids)
        for i in range(1, N_RATINGS + 1)
    ]
    for row in rows:
        row[2] = row[1] // DAY_MS
    return "".join(json.dumps(row) + "\n" for row in sorted(rows, key=lambda r: r[1]))


def open_page(tab: Page, address: str, stored: str) -> float:
    """Open the page; milliseconds until its numbers are painted."""
    tab.add_init_script(
        "localStorage.setItem('dlbl:meta', '{\"schema\":1}');"
        f"localStorage.setItem('dlbl:log:benchmark', {json.dumps(stored)});{READY}"
    )
    tab.goto(f"{address}{PAGE.as_posix()}")
    tab.wait_for_function("window.ready")
    return tab.evaluate("window.ready")


def turn_cards(tab: Page) -> tuple[list[float], list[float]]:
    """Turn and rate N_FLIPS cards; the milliseconds of each."""
    tab.get_by_role("button", name="Start", exact=True).click()
    turned, rated = [], []
    for _ in range(N_FLIPS):
        card = tab.wait_for_selector(".review-session .study-card")
        turned.append(flip(tab, card))
        tab.evaluate(NEXT)
        tab.keyboard.press("3")
        rated.append(tab.evaluate("window.next"))
    return turned, rated
