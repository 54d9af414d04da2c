"""A learner's own decks: read as Emacs and Anki read them, and only ever as text."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from anki.import_export_pb2 import ImportCsvRequest
from playwright.sync_api import Page

from tests.programs import need
from tests.unit.study.node_study import run

Open = Callable[[], Page]
HERE = Path(__file__).parent / "foreign_decks"
READERS = ("review/foreign.js", "review/org.js", "review/tsv.js")
SCRIPT = """function main(all) {
  const bytes = (text) => Buffer.from(text, "base64");
  return all.map(([name, text]) => study.readForeign(bytes(text), name));
}"""


def read_all(files: list[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """What the page makes of these files."""
    given = [(name, base64.b64encode(data).decode()) for name, data in files]
    return run(READERS, SCRIPT, given)


def read(name: str, data: bytes | str) -> dict[str, Any]:
    """What the page makes of one file."""
    return read_all([(name, data.encode() if isinstance(data, str) else data)])[0]


def sides(made: dict[str, Any]) -> list[tuple[str, str]]:
    """Front and back of each card."""
    return [(card["front"], card["back"]) for card in made["deck"]["cards"]]


@pytest.fixture(scope="module")
def drill() -> dict[str, Any]:
    """The example of org-drill, as the page reads it."""
    return read("drill.org", (HERE / "drill.org").read_bytes())


def test_entries_are_those_of_org_drill(drill: dict[str, Any]) -> None:
    """Same entries, same gaps, same sides; a card for each turn that Emacs would take.

    Emacs takes `[#A]`, a priority, for a gap, and says that an entry is empty whose
    text is only its heading: these two are read better here.
    """
    command = [need("emacs"), "--batch", "-l", HERE / "entries.el", HERE / "drill.org"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(entries) == 13
    cards = iter(drill["deck"]["cards"])
    bare = []
    for entry in entries:
        gaps = [gap[1:-1].split("||") for gap in entry["gaps"] if gap != "[#A]"]
        if not gaps and not entry["sides"]:
            bare.append(entry["line"])
            continue
        turns = {
            "hide1cloze": len(gaps),
            "twosided": 2,
            "multisided": len(entry["sides"]),
        }
        made = [next(cards) for _ in range(turns.get(entry["type"], 1))]
        for number, card in enumerate(made):
            assert card["topic"] == next((t for t in entry["tags"] if t != "drill"), "")
            if entry["heading"] != "Item" and entry["heading"] != "Fact":
                assert card["front"].startswith(entry["heading"])
            hidden = {"hide1cloze": gaps[number : number + 1], "hidefirst": gaps[:1]}
            for gap in gaps:
                assert gap[0] in card["back"]
                is_hidden = gap in hidden.get(entry["type"], gaps)
                assert (gap[0] in card["front"]) != is_hidden
                if is_hidden:
                    assert f"[{gap[1] if gap[1:] else '…'}]" in card["front"]
            if "sided" in entry["type"]:
                asked = entry["sides"][number]
                assert asked in card["front"] and asked not in card["back"]
                assert all(s in card["back"] for s in entry["sides"] if s != asked)
    assert next(cards, None) is None
    assert drill["left"] == f"Left out: 1 heading without an answer (line {bare[0]})."
    assert len(bare) == 1


def test_what_is_no_text_of_a_card_is_left_out(drill: dict[str, Any]) -> None:
    """Drawers, dates, comments, states and tags; code and links keep their brackets."""
    made = dict(sides(drill))
    assert drill["deck"]["name"] == "Spanish and more"
    assert made["What is the capital of Estonia?"] == "Tallinn"
    river = "River of Vienna\n\nThrough which city does it flow last?"
    assert made[river] == "Towns\nVienna, Bratislava\n\nAnd last\nSulina"
    code = "Code\n\nWhat does this print?\n* = 1\nprint([1, 2][0])"
    assert made[code] == "=1="
    sodium = "Noun\n\nSymbol\nNa\n\nOrigin\nLatin natrium"
    assert made[sodium] == "Name\nsodium\n\nNumber\n11"
    outer = "Outer question\n\nWhat is asked first?"
    assert made[outer] == "The outer.\n\nNotes\nStill of the outer one."
    oxygen = (
        r"[…] and hydrogen make water,"
        r" and \(x_{[1]}\) is a formula."
    )
    assert made[oxygen] == oxygen.replace("[…]", "Oxygen")


def test_delimiters_that_a_file_sets() -> None:
    """Then brackets are only brackets."""
    text = (
        '# -*- org-drill-left-cloze-delimiter: "!|"; '
        'org-drill-right-cloze-delimiter: "|!" -*-\n'
        "* A :drill:\nWhat [1] says: !|this||hint|!.\n"
    )
    expected = ("A\n\nWhat [1] says: [hint].", "A\n\nWhat [1] says: this.")
    assert sides(read("a.org", text)) == [expected]


NOTES = {
    "Basic": [
        ["What is <b>2</b> + 2?", "4<br>four &amp; &lt;five&gt;"],
        ['He said "hi"\tto # all', "line one\nline two"],
        ["# begins so", "a;b,c"],
        [r"\(\frac{1}{2}\)", "[latex]x[/latex]"],
        ['<img src="x.png" onerror="alert(1)">', "<script>alert(1)</script>"],
        ["The same front", "one back"],
        ["The same front", "another back"],
    ],
    "Cloze": [["{{c1::Paris}} lies in {{c2::France::country}}", "In {{c1::Europe}}"]],
}
EXPECTED = [
    ("What is 2 + 2?", "4\nfour & <five>"),
    ('He said "hi"\tto # all', "line one\nline two"),
    ("# begins so", "a;b,c"),
    (r"\(\frac{1}{2}\)", "[latex]x[/latex]"),
    ('<img src="x.png" onerror="alert(1)">', "<script>alert(1)</script>"),
    ("The same front", "one back"),
    ("The same front", "another back"),
    ("[…] lies in France", "Paris lies in France\nIn {{c1::Europe}}"),
    ("Paris lies in [country]", "Paris lies in France\nIn {{c1::Europe}}"),
]


@pytest.fixture
def anki(tmp_path: Path) -> Collection:
    """A collection of these notes in the real Anki."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    for model, notes in NOTES.items():
        for fields in notes:
            note = collection.new_note(collection.models.by_name(model))
            note.fields = fields
            note.tags = ["geo::towns", "more"]
            collection.add_note(note, 1)
    yield collection
    collection.close()


@pytest.mark.parametrize("columns", [True, False], ids=["all columns", "fields only"])
def test_what_anki_exports(anki: Collection, tmp_path: Path, columns: bool) -> None:
    """Every note, with its markup as text, whatever else stands in the file."""
    file = tmp_path / "notes.txt"
    anki.export_note_csv(
        out_path=str(file),
        limit=None,
        with_html=True,
        with_tags=columns,
        with_deck=columns,
        with_notetype=columns,
        with_guid=columns,
    )
    made = read("notes.txt", file.read_bytes())
    assert made["left"] == ""
    assert sides(made) == EXPECTED
    topics = {card["topic"] for card in made["deck"]["cards"]}
    assert topics == ({"geo::towns"} if columns else {""})
    ids = [card["id"] for card in made["deck"]["cards"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("own-[0-9a-f]{16}", one) for one in ids)


TABLES = {
    "tab": "one\t1\ntwo\t2\n",
    "crlf": "one\t1\r\ntwo\t2\r\n",
    "mark of order": "\ufeffone\t1\ntwo\t2",
    "semicolon": "one;1\ntwo;2\n",
    "comma": '"one",1\n"two","2"\n',
    "pipe": "#separator:pipe\none|1\ntwo|2\n",
    "comments": "one\t1\n# not a card\t3\n\ntwo\t2\n",
    "columns": "#separator:tab\n#tags column:1\na b\tone\t1\n\ttwo\t2\n",
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_tables_that_anki_accepts(anki: Collection, tmp_path: Path, name: str) -> None:
    """The notes are those of Anki's own importer."""
    file = tmp_path / "table.txt"
    file.write_bytes(TABLES[name].encode())
    metadata = anki.get_csv_metadata(str(file), None)
    log = anki.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log
    notes = [list(note.fields)[:2] for note in log.new]
    assert notes == [["one", "1"], ["two", "2"]]
    assert sides(read("table.txt", TABLES[name])) == [tuple(note) for note in notes]


def test_heading_and_further_columns() -> None:
    """A first line of names is no card; columns after the second go to the back."""
    made = read("t.csv", "Front,Back,Note\nword,Wort,a noun\nonly a front,,\n")
    assert sides(made) == [("word", "Wort\na noun")]
    assert made["left"] == "Left out: 1 line without an answer (line 3)."


def test_same_front_is_the_same_card_in_any_file() -> None:
    """So that a deck that is added again, or in another form, keeps its schedule."""
    files = [
        ("a.tsv", b"word\tWort\n"),
        ("b.csv", b'word,"Wort, neu"\n'),
        ("c.org", b"* Item :drill:\nword\n** Answer\nWort\n"),
    ]
    ids = {made["deck"]["cards"][0]["id"] for made in read_all(files)}
    assert len(ids) == 1


UTF8 = "The file is not text in UTF-8: save it as UTF-8."
REFUSED = {
    "empty.tsv": (b"", "The file is empty."),
    "blank.tsv": (b"\n \n\n", "The file has no card."),
    "deck.apkg": (b"PK\x03\x04rest", "This is a package, not text"),
    "latin.tsv": ("Stra\xdfe\tstreet\n".encode("latin-1"), UTF8),
    "utf16.tsv": ("one\t1\n".encode("utf-16-le"), UTF8),
    "picture.csv": (b"\x89PNG\r\n\x1a\n\x00\x00", UTF8),
    "one-column.tsv": (b"one\ntwo\n", "The file has one column: put a tab"),
    "open.csv": (b'a,b\n"c,d\ne,f\n', "Line 2: a quotation mark is never closed."),
    "fronts.tsv": (b"one\t\ntwo\t\n", "The file has no line with an answer."),
    "text.org": (b"Only a paragraph.\n", "The file has no heading"),
    "notes.org": (
        b"* A heading\ntext\n",
        "The file has no heading with the tag :drill:.",
    ),
    "bare.org": (b"* A heading :drill:\n", "The file has no heading with an answer."),
    "large.tsv": (b"a\tb\n" * 1_000_001, "The file is larger than 4 MB: split it."),
    "many.tsv": (
        "".join(f"{i}\tb\n" for i in range(20_001)).encode(),
        "The file has 20001 cards: split it below 20000.",
    ),
    "long.tsv": (b"a\t" + b"b" * 5001, "The file has no line with an answer."),
    "export.jsonl": (
        b'{"dlbl":"progress","schema":1,"made":"2026-11-20"}\n',
        "This is an export of your progress: import it under “Your progress”.",
    ),
    "page.html": (b"<script>alert(1)</script>\n", "The file has one column"),
}


def test_files_that_cannot_be_read() -> None:
    """One line each says what is wrong."""
    made = read_all([(name, data) for name, (data, _) in REFUSED.items()])
    for (name, (_, expected)), result in zip(REFUSED.items(), made, strict=True):
        assert list(result) == ["problem"], name
        assert result["problem"].startswith(expected), name
        assert "\n" not in result["problem"]


SLOW = {
    "open.org": "* A :drill:\n" + "[" * 1_900_000,
    "gaps.org": "* A :drill:\n" + "[a]" * 1_000_000,
    "links.org": "* A :drill:\n" + "[[" * 900_000,
    "formulas.org": "* A :drill:\n" + "$a $b" * 600_000,
    "spaces.org": "* A" + " " * 3_000_000 + ":x\n",
    "colons.org": "* A " + ":a" * 1_500_000 + "\n",
    "blocks.org": "* A :drill:\n" + "#+begin_src\n" * 250_000,
    "states.org": "#+todo: " + "(" * 500_000 + " A" * 500_000 + "\n* A :drill:\n",
    "deep.org": "".join("*" * i + " A :drill:\nq\n" for i in range(1, 2_500)),
    "gaps.tsv": "a\tb\n" + "{{c1::" * 500_000 + "\tb\n",
    "tags.tsv": "#html:true\na\t" + "<br" * 1_000_000 + "\n",
    "quotes.csv": '"",' * 1_000_000,
}


def test_no_file_hangs_the_page() -> None:
    """Texts with which a reader that tries every pair of brackets never ends."""
    made = read_all([(name, text.encode()) for name, text in SLOW.items()])
    assert ["problem" in one for one in made] == [name != "gaps.tsv" for name in SLOW]


@pytest.fixture
def own(open_demo: Open) -> Page:
    """A page with the section for the learner's own decks."""
    page = open_demo()
    page.add_script_tag(url=page.url.replace("demo.html", "review.js"))
    page.evaluate(
        """() => {
          const place = dlblStudy.make("section", { id: "own", class: "study-review" });
          document.querySelector("main").append(place);
          dlblStudy.ownSection(place);
        }"""
    )
    return page


def give(page: Page, *files: tuple[str, bytes]) -> str:
    """Choose these files; what the section says then."""
    page.locator("#own .study-status").evaluate("(one) => { one.textContent = ''; }")
    chosen = [{"name": n, "mimeType": "text/plain", "buffer": d} for n, d in files]
    page.set_input_files("#own input", chosen)
    page.wait_for_function(
        "() => document.querySelector('#own .study-status').textContent"
    )
    return page.locator("#own .study-status").inner_text()


def rows(page: Page) -> list[str]:
    """The decks as they are listed."""
    return page.locator("#own li").all_inner_texts()


def test_add_and_remove(own: Page) -> None:
    """Added, listed, kept over a reload, and removed after a question, by keyboard."""
    assert rows(own) == []
    said = give(own, ("words.tsv", b"one\t1\ntwo\t2\n"), ("more.csv", b"a,b\n"))
    assert said.splitlines() == [
        "words.tsv: 2 cards added to “words”.",
        "more.csv: 1 card added to “more”.",
    ]
    assert [row.split("\n")[0] for row in rows(own)] == [
        "more: 1 card Remove",
        "words: 2 cards Remove",
    ]
    again = give(own, ("words.tsv", b"one\t1\nthree\t3\n"))
    expected = "words.tsv: 1 card added to “words”. 1 card of it was here already."
    assert again == expected
    stored = "Object.keys(localStorage).filter((key) => key.startsWith('dlbl:deck:'))"
    assert len(own.evaluate(stored)) == 2
    own.focus("#own li:last-child button")
    own.keyboard.press("Enter")
    focused = "document.activeElement.textContent"
    assert own.evaluate(focused) == "Keep"
    own.keyboard.press("Enter")
    assert own.evaluate(focused) == "Remove"
    assert len(rows(own)) == 2
    own.keyboard.press("Enter")
    own.keyboard.press("Shift+Tab")
    own.keyboard.press("Enter")
    own.wait_for_function("() => document.querySelectorAll('#own li').length === 1")
    assert own.evaluate("document.activeElement.id") == "study-own-file"
    assert own.locator("#own .study-status").inner_text() == "“words” was removed."
    assert len(own.evaluate(stored)) == 1


def test_dropped(own: Page) -> None:
    """The same by dropping a file anywhere on the section."""
    own.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["a\\tb\\n"], "dropped.tsv"));
          const event = { dataTransfer, cancelable: true, bubbles: true };
          const place = document.querySelector("#own p");
          place.dispatchEvent(new DragEvent("drop", event));
        }"""
    )
    own.wait_for_function("() => document.querySelector('#own li')")
    assert rows(own) == ["dropped: 1 card Remove"]


def test_refused_files_change_nothing(own: Page) -> None:
    """Each says one line, and what is stored stays as it was, byte for byte."""
    give(own, ("words.tsv", b"one\t1\n"))
    stored = "JSON.stringify(Object.entries(localStorage).sort())"
    before = own.evaluate(stored)
    for name, (data, problem) in REFUSED.items():
        if len(data) > 100_000:
            continue  # Playwright takes long to hand it over
        said = give(own, (name, data))
        assert said.startswith(f"{name}: {problem}"), name
        assert said.endswith(" Nothing was added.") and "\n" not in said
    assert own.evaluate(stored) == before


HOSTILE = b"""<img src=x onerror=alert(1)>\t<svg onload=alert(1)>
__proto__\tconstructor
javascript:alert(1)\tx"><script>alert(1)</script>
{{constructor}}\t${alert(1)}
"""


def test_markup_in_files_is_text(own: Page) -> None:
    """Neither a file's name nor its cards become elements."""
    asked: list[str] = []
    own.on("request", lambda request: asked.append(request.url))
    own.on("dialog", lambda dialog: asked.append(dialog.message))
    name = "<img src=x onerror=alert(1)>.tsv"
    said = give(own, (name, HOSTILE))
    assert said.startswith(f"{name}: 4 cards added")
    assert own.locator("#own :is(img, script, svg)").count() == 0
    cards = own.evaluate("dlblStudy.store.decks()[0].cards")
    assert cards[0]["front"] == "<img src=x onerror=alert(1)>"
    assert cards[1]["front"] == "__proto__"
    assert asked == []


def test_storage_that_is_full(own: Page) -> None:
    """The deck is there until the page is closed, and one line says so."""
    own.evaluate(
        """() => {
          Storage.prototype.setItem = () => { throw new DOMException("full"); };
        }"""
    )
    said = give(own, ("words.tsv", b"one\t1\n"))
    assert "1 card added" in said and "storage is full" in said
    assert rows(own) == ["words: 1 card Remove"]
