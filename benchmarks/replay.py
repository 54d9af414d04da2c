"""How long a page takes to read a learner's whole history and to schedule by it."""

from __future__ import annotations

import statistics
from random import Random

from playwright.sync_api import Browser

from benchmarks.browser import open_site
from benchmarks.table import Row

TITLE = "Replay of a learner's history (milliseconds in a new page, medians of 9 pages)"
PAGE = "chapters/reference/review.html"
N_EVENTS = 50_000
N_ITEMS = 3000
N_LOGS = 50  # a tab's log is closed when it is long, and each tab has its own
MANY_LOGS = 2000  # two tabs a day, for three years
N_PAGES = 9

# A store of its own: the page's has read everything already.
READ = """() => {
  const store = dlblStudy.createStore({
    local: () => localStorage, session: () => sessionStorage,
    now: Date.now, offset: () => 0, random: () => "benchmark",
  });
  const start = performance.now();
  const events = store.events();
  const read = performance.now();
  const memories = dlblStudy.replay(events, dlblStudy.scheduler(store.meta()));
  const end = performance.now();
  return [events.length, memories.size, read - start, end - read, end - start];
}"""


def logs(n_events: int, n_logs: int = N_LOGS) -> dict[str, str]:
    """What the storage holds after so many ratings in so many tabs, by key."""
    random = Random(0)
    lines: list[list[str]] = [[] for _ in range(n_logs)]
    for i in range(n_events):
        day = 20_000 + i * 1500 // n_events
        t = day * 86_400_000 + 36_000_000 + i
        item = f"backpropagation-chain-rule-{random.randrange(N_ITEMS)}"
        grade = random.choices((1, 2, 3, 4), (2, 2, 10, 2))[0]
        line = f'["{item}",{t},{day},{grade},"review",1]\n'
        lines[i * n_logs // n_events].append(line)
    made = {f"dlbl:log:benchmark{i:04}": "".join(log) for i, log in enumerate(lines)}
    return made | {"dlbl:meta": '{"schema":1}'}


def measure() -> list[Row]:
    """Open the review page, read 50,000 ratings and replay them, each time anew."""
    with open_site() as (browser, address):
        sizes = ((5000, N_LOGS), (N_EVENTS, N_LOGS), (N_EVENTS, MANY_LOGS))
        return [row(browser, f"{address}{PAGE}", *size) for size in sizes]


def row(browser: Browser, address: str, n_events: int, n_logs: int) -> Row:
    """The times with so many events stored under so many keys."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(address, wait_until="networkidle")
    tab.evaluate("logs => Object.assign(localStorage, logs)", logs(n_events, n_logs))
    times = []
    for _ in range(N_PAGES):
        tab.goto("about:blank")
        tab.goto(address, wait_until="domcontentloaded")
        count, items, *spent = tab.evaluate(READ)
        if count != n_events:
            raise SystemExit(f"{count} of {n_events} events were read")
        times.append(spent)
    context.close()
    read, replayed, both = (
        statistics.median(kind) for kind in zip(*times, strict=True)
    )
    return {
        "events": n_events,
        "keys": n_logs,
        "items": items,
        "read": round(read, 1),
        "replayed": round(replayed, 1),
        "both": round(both, 1),
    }
