"""How long a widget takes to change: from the control to the decoded picture."""

from __future__ import annotations

import statistics

from benchmarks.browser import SITE, open_site
from benchmarks.table import Row

TITLE = "Flip of a widget (milliseconds from the control to the picture, of 20 flips)"
N_FLIPS = 20
WIDGET = ".explore"

LOAD = """async widget => {
  const field = widget.querySelector("input, select");
  field.focus();
  await new Promise(done => setTimeout(done, 1000));
}"""

# Moves the first control to and fro; the clock stops at the animation frame after the
# new picture, which the page has decoded before, was put in place.
FLIP = """async ([widget, n]) => {
  const picture = widget.querySelector(".explore-picture");
  const field = widget.querySelector("input, select");
  const nextFrame = () => new Promise(requestAnimationFrame);
  const choices = [...widget.querySelector(".explore-control")
    .querySelectorAll("input[type=radio]")];
  const move = () => {
    if (choices.length) return choices[choices[0].checked ? 1 : 0].click();
    if (field.type === "checkbox") return field.click();
    if (field.type === "range") field.value = field.value === "0" ? 1 : 0;
    else field.selectedIndex = field.selectedIndex === 0 ? 1 : 0;
    field.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const flip = async () => {
    const before = picture.src;
    const start = performance.now();
    move();
    while (picture.src === before) await nextFrame();
    await nextFrame();
    return performance.now() - start;
  };
  await flip();
  const times = [];
  while (times.length < n) times.push(await flip());
  return times;
}"""


def measure() -> list[Row]:
    """Move the first control of each widget of the site to and fro."""
    pages = sorted(
        path.relative_to(SITE).as_posix()
        for path in (SITE / "chapters").rglob("*.html")
        if "explore-picture" in path.read_text(encoding="utf-8")
    )
    if not pages:
        raise SystemExit("no page of the site has a widget: run `make book` first")
    rows: list[Row] = []
    with open_site() as (browser, address):
        for page in pages:
            tab = browser.new_page()
            tab.goto(f"{address}{page}", wait_until="networkidle")
            for number, widget in enumerate(tab.query_selector_all(WIDGET), start=1):
                widget.evaluate(LOAD)
                times = tab.evaluate(FLIP, [widget, N_FLIPS])
                rows.append(
                    {
                        "page": page.removesuffix(".html"),
                        "widget": number,
                        "median ms": round(statistics.median(times), 1),
                        "largest ms": round(max(times), 1),
                    }
                )
    return rows
