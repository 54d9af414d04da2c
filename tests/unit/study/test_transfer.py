"""Export and import: nothing is lost on the way, and no file does harm."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from . import node_study

HERE = Path(__file__).parent
IMPORTS = HERE / "imports"
EXPECTED = json.loads((IMPORTS / "expected.json").read_text("utf-8"))
SCRIPTS = (
    "memory/day.js",
    "memory/stamp.js",
    "memory/events.js",
    "memory/store.js",
    "review/deckstore.js",
    "review/transfer.js",
)
NOW = 1_763_640_000_000


def run(script: str, given: Any) -> Any:
    """What `main(given)` returns in Node, after the scripts."""
    return node_study.run(SCRIPTS, script, given)


def test_merges_lose_nothing() -> None:
    """1,000 merges of three devices' logs: union, idempotent, in any order the same."""
    script = (HERE / "merges.js").read_text("utf-8")
    result = run(script, {"seeds": list(range(50)), "merges": 20})
    assert result["faults"] == []
    assert result["done"] == 1000
    assert result["clashes"] > 100  # two devices, one card, the same millisecond


READ = """
function main({ files, known, now }) {
  return files.map((file) => {
    const read = study.readFile(Buffer.from(file, "base64"), new Set(known), now);
    if (({}).ran !== undefined) return "polluted";
    if (read.problem) return read.problem;
    const cards = read.decks.flatMap((deck) => deck.cards).length;
    const env = { local: () => null, session: () => null, now: () => now };
    const store = study.withDecks(study.createStore(env), env.local);
    const done = study.takeIn(store, read);
    if (done.cards !== cards || done.events !== store.events().length) return "lost";
    if (({}).ran !== undefined) return "polluted";
    return [done.events, done.cards];
  });
}
"""
IDS = ["demo-modes", "demo-check", "demo-memory"]


def read_files(files: list[bytes]) -> list[Any]:
    """What is said of each file, or how many events and cards it brings."""
    coded = [base64.b64encode(file).decode() for file in files]
    return run(READ, {"files": coded, "known": IDS, "now": NOW})


def test_corpus_is_whole() -> None:
    """Every file has its line, and there are many."""
    listed = {*EXPECTED["refused"], *EXPECTED["accepted"]}
    files = {file.name for file in IMPORTS.iterdir()} - {"expected.json"}
    assert files == listed
    assert len(EXPECTED["refused"]) >= 30


@pytest.mark.parametrize("kind", ["refused", "accepted"])
def test_corpus(kind: str) -> None:
    """Each damaged file gets its line, each harmless one is read."""
    expected = EXPECTED[kind]
    said = read_files([(IMPORTS / name).read_bytes() for name in expected])
    assert dict(zip(expected, said, strict=True)) == expected


def test_lines_say_what_to_do() -> None:
    """One line each, ending in what became of the import."""
    for line in EXPECTED["refused"].values():
        assert "\n" not in line
        assert line.endswith(" Nothing was imported.")


def sealed(*lines: str) -> bytes:
    """A file of these lines after a header, with the right last line."""
    header = '{"dlbl":"progress","schema":1,"made":"2023-11-14T22:13:20.000Z"}'
    text = "".join(f"{line}\n" for line in (header, *lines))
    seal = {"lines": len(lines) + 1, "crc32": f"{zlib.crc32(text.encode()):08x}"}
    return f"{text}{json.dumps(seal)}\n".encode()


def test_clock_that_ran_ahead() -> None:
    """Who once answered by such a clock can move; what is years ahead is refused."""
    files = []
    for days in (1, 365, 367, 3000):
        t = NOW + days * 86_400_000
        line = {"id": "demo-modes", "t": t, "day": t // 86_400_000, "g": 3}
        files.append(sealed(json.dumps(line | {"s": "page", "r": 1})))
    near, far, *refused = read_files(files)
    assert near == far == [1, 0]
    assert [line.split(" (")[0] for line in refused] == ["Line 2 lies years ahead"] * 2


def test_very_large_files() -> None:
    """A line of 20 MB, a million lines, and brackets without end are refused too."""
    files = [
        sealed('{"id":"' + "a" * 20_000_000 + '"}'),
        sealed("[" * 5_000_000),
        sealed('{"a":' * 1_000_000),
        sealed(*["{}"] * 1_000_000),
        b"x" * 20_000_000,
        b"{" * 31_000_000,
    ]
    said = read_files(files)
    answer = "Line 2 is not an answer as this course writes it."
    unread = "Line 2 of the file cannot be read."
    foreign = "This is not a file of progress that this course has exported."
    large = "The file is too large to be progress."
    lines = [answer, unread, unread, answer, foreign, large]
    assert said == [f"{line} Nothing was imported." for line in lines]


EXPORT = """
function main({ events, deck, now }) {
  const env = { local: () => null, session: () => null, now: () => now };
  const store = study.withDecks(study.createStore(env), env.local);
  store.add(events);
  store.addDeck(deck);
  store.setMeta({ retention: 0.85, exported: 5 });
  return study.exportText(store, now);
}
"""


def event(i: int, **changes: Any) -> dict[str, Any]:
    """One rating."""
    t = 1_700_000_000_000 + i
    made = {"id": IDS[i % 3], "t": t, "day": t // 86_400_000, "g": 3, "s": "page"}
    return {**made, "r": 1, **changes}


def test_format_of_the_export() -> None:
    """Header, events as they are, decks, settings, count and CRC-32 of the bytes."""
    events = [event(0), event(1, g=0, s="suspend"), event(2, g=1, s="exam", r=7)]
    card = {
        "id": "own-0123abcd",
        "front": "Größe? \N{SNOWMAN}",
        "back": "\u2028 \ud800",
    }
    deck = {"schema": 1, "name": "Ünicode", "cards": [{**card, "topic": ""}]}
    text = run(EXPORT, {"events": events, "deck": deck, "now": NOW})
    *lines, last, empty = text.split("\n")
    read = [json.loads(line) for line in lines]
    assert empty == ""
    made = "2025-11-20T12:00:00.000Z"
    assert read[0] == {"dlbl": "progress", "schema": 1, "made": made}
    assert read[1:4] == events
    assert read[4] == {"deck": deck}
    usual = {"schema": 1, "algorithm": "fsrs-6", "minutes": 25, "daily": 10}
    assert read[5] == {"meta": {**usual, "retention": 0.85, "exported": 5}}
    before = text[: text.index(last)].encode()
    crc32 = f"{zlib.crc32(before):08x}"
    assert json.loads(last) == {"lines": 6, "crc32": crc32}


SETTINGS = """
function main({ here, there }) {
  const env = { local: () => null, session: () => null, now: () => 1 };
  const store = study.withDecks(study.createStore(env), env.local);
  const said = here.map((changes) => store.setMeta(changes));
  study.takeIn(store, { events: [], decks: [], meta: there });
  return [store.meta(), said];
}
"""


def test_own_settings_stay() -> None:
    """An import brings only settings that were not changed here."""
    there = {"minutes": 10, "daily": 3, "exported": 9, "weights": [1] * 21}
    meta, _ = run(SETTINGS, {"here": [{"minutes": 40}], "there": there})
    assert (meta["minutes"], meta["daily"], meta["exported"]) == (40, 3, None)
    assert meta["weights"] == [1] * 21
    assert meta["retention"] == 0.9


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 0},
        {"minutes": 1.5},
        {"daily": "10"},
        {"retention": 1},
        {"retention": None},
        {"weights": [1] * 20},
        {"exported": -1},
        {"colour": "red"},
    ],
)
def test_settings_that_cannot_be(change: dict[str, Any]) -> None:
    """They are refused in one line, and nothing changes."""
    usual, _ = run(SETTINGS, {"here": [], "there": {}})
    meta, said = run(SETTINGS, {"here": [change], "there": {}})
    assert meta == usual
    assert said == [f"There is no such setting of {next(iter(change))}."]


DECKS = """
function main({ decks, removed }) {
  const map = new Map();
  const local = {
    get length() { return map.size; },
    key: (i) => [...map.keys()][i],
    getItem: (key) => (map.has(key) ? map.get(key) : null),
    setItem: (key, text) => map.set(key, text),
    removeItem: (key) => map.delete(key),
  };
  map.set("dlbl:deck:damaged", "{");
  const env = { local: () => local, session: () => null, random: () => "k" };
  const store = study.withDecks(study.createStore(env), env.local);
  const said = decks.map((deck) => store.addDeck(deck));
  for (const name of removed) store.removeDeck(name);
  const again = study.withDecks(study.createStore(env), env.local);
  return { said, decks: again.decks(), damaged: map.get("dlbl:deck:damaged") };
}
"""


def deck(name: str, **cards: str) -> dict[str, Any]:
    """A deck; the names of the cards are the ends of their ids, the texts the backs."""
    made = [
        {"id": f"own-0000000{i}", "front": i, "back": back, "topic": ""}
        for i, back in cards.items()
    ]
    return {"schema": 1, "name": name, "cards": made}


def test_decks_are_kept() -> None:
    """By name; the same card again replaces its text, a damaged key stays."""
    decks = [deck("B", a="one", b="two"), deck("A", c="three"), deck("B", b="new")]
    kept = run(DECKS, {"decks": decks, "removed": []})
    assert kept["said"] == ["", "", ""]
    assert kept["decks"] == [deck("A", c="three"), deck("B", a="one", b="new")]
    assert kept["damaged"] == "{"
    kept = run(DECKS, {"decks": decks, "removed": ["B", "C"]})
    assert kept["decks"] == [deck("A", c="three")]
    kept = run(DECKS, {"decks": [deck("A"), None, deck("A", a=" ")], "removed": []})
    assert [line.split(":")[0] for line in kept["said"]] == [
        "This deck has no card.",
        "This is not a deck.",
        "Card 1 of this deck is not one",
    ]
    assert kept["decks"] == []
