"""How long a card takes to turn: from the key to the painted answer."""

from __future__ import annotations

import itertools
import statistics

from playwright.sync_api import ElementHandle, Page

from benchmarks.browser import SITE, open_site
from benchmarks.table import Row

TITLE = "Flip of a card (milliseconds from the key to the painted answer, of 20 flips)"
N_FLIPS = 20
CARD = "details.study-card"

CLOSE = """card => new Promise(done => {
  card.open = false;
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""

# The clock starts at the time stamp of the key and stops in the first task after the
# frame in which the card is open.
WATCH = """card => {
  let pressed;
  addEventListener("keydown", e => pressed = e.timeStamp, {capture: true, once: true});
  window.flip = new Promise(done => new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - pressed);
      channel.port2.postMessage(0);
    });
  }).observe(card, {attributeFilter: ["open"]}));
  card.querySelector("summary").focus();
}"""


def measure() -> list[Row]:
    """Open 20 cards in turn on each chapter page that has cards."""
    pages = sorted(
        path.relative_to(SITE).as_posix()
        for path in (SITE / "chapters").rglob("*.html")
        if 'class="study-card' in path.read_text(encoding="utf-8")
    )
    if not pages:
        raise SystemExit("no page of the site has a card: run `make site` first")
    with open_site() as (browser, address):
        rows = []
        for page in pages:
            tab = browser.new_page()
            tab.goto(f"{address}{page}", wait_until="networkidle")
            times = [
                flip(tab, card)
                for card in itertools.islice(
                    itertools.cycle(tab.query_selector_all(CARD)), N_FLIPS
                )
            ]
            rows.append(
                {
                    "page": page.removesuffix(".html"),
                    "median ms": round(statistics.median(times), 1),
                    "largest ms": round(max(times), 1),
                }
            )
        return rows


def flip(tab: Page, card: ElementHandle) -> float:
    """Press Enter on one closed card; return the milliseconds until it is painted."""
    card.evaluate(CLOSE)
    card.evaluate(WATCH)
    tab.keyboard.press("Enter")
    return tab.evaluate("window.flip")
