"""S20 to S24: the prose: one sentence a line, plain words, a frame for every cell."""

import re
from collections.abc import Iterator

from tools.sources.course import Course
from tools.sources.faults import Fault
from tools.sources.page import Block
from tools.sources.prose import STAND_IN

ABBREVIATIONS = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|etc|al|approx|resp|Fig|Figs|Eq|Eqs|Sec|Ch|No|Vol|pp|p|St|Dr"
    r"|Prof|Mr|Ms|Mrs|[A-Z])\.$"
)
CLOSING, OPENING = "[\"'\u201d\u2019)*_\\]]*", "[\"'\u201c\u2018(*_]*"
END = re.compile(rf"[.!?]{CLOSING}(?= +{OPENING}[A-Z{STAND_IN}])")
NUMBERING = re.compile(r"^\W*\d+\.$")
LINE_END = re.compile(rf"[.!?:…]{CLOSING}$")
BANNED = re.compile(
    r"\b(simply|just|obviously|it(?: is|.s) easy to see)\b", re.IGNORECASE
)


def one_sentence_a_line(course: Course) -> Iterator[Fault]:
    """S20: one sentence a source line, and no sentence over two lines."""
    for page in course.pages.values():
        for block in page.of_kind("prose"):
            for number, line in block.prose.numbered():
                if second := _second_sentence(line):
                    text = f"a second sentence begins at '{second}'; give it a line"
                    yield Fault(page.path, number, "S20", text)
            for number, line in block.prose.numbered()[:-1]:
                if line.strip() and not LINE_END.search(line.rstrip()):
                    text = (
                        f"'…{line.strip()[-20:]}' ends in mid-sentence; join the lines"
                    )
                    yield Fault(page.path, number, "S20", text)


def _second_sentence(line: str) -> str:
    for end in END.finditer(line):
        before = line[: end.start() + 1]
        if line[end.start()] == "." and (
            ABBREVIATIONS.search(before) or NUMBERING.search(before)
        ):
            continue
        if line[max(0, end.start() - 2) : end.start() + 1] == "...":
            continue
        return line[end.end() :].strip()[:25]
    return ""


def banned_words(course: Course) -> Iterator[Fault]:
    """S21: no word that tells a reader that what is hard is easy."""
    for page in course.pages.values():
        for block in page.walk():
            if block.prose is None:
                continue
            for number, line in block.prose.numbered():
                for word in BANNED.findall(line):
                    text = f"'{word}' is banned; leave it out or give the reason"
                    yield Fault(page.path, number, "S21", text)


def no_raw_html(course: Course) -> Iterator[Fault]:
    """S22: Markdown only, and each display formula stands in a paragraph of its own."""
    for page in course.pages.values():
        for block in page.walk():
            lines = [block.line] if block.kind == "html" else []
            for number in lines + (block.prose.html if block.prose else []):
                text = "raw HTML; write it in Markdown"
                yield Fault(page.path, number, "S22", text)
            for number in block.prose.broken if block.prose else []:
                text = "'$$' inside a paragraph is not read; put blank lines around it"
                yield Fault(page.path, number, "S22", text)


def framed(course: Course) -> Iterator[Fault]:
    """S23: a sentence before each cell and display (why) and one after (what)."""
    for _, page in course.lessons():
        seen = [b for b in page.blocks if b.kind != "label"]
        for i, block in enumerate(seen):
            if block.kind not in ("code", "equation"):
                continue
            what = "cell" if block.kind == "code" else "formula"
            if i == 0 or not _speaks(seen[i - 1]):
                text = f"no sentence before this {what}; say why it comes"
                yield Fault(page.path, block.line, "S23", text)
            after = [b for b in seen[i + 1 :] if b.name not in ("cards", "quiz")]
            if not after or not _speaks(after[0]):
                text = f"no sentence after this {what}; say what was seen"
                yield Fault(page.path, block.line, "S23", text)


def _speaks(block: Block) -> bool:
    if block.kind == "directive":
        return any(_speaks(child) for child in block.children)
    return block.kind == "prose"


def title_in_sentence_case(course: Course) -> Iterator[Fault]:
    """S24: titles and headings in sentence case, without a full stop."""
    for page in course.pages.values():
        for block in page.of_kind("heading"):
            if block.text.rstrip().endswith((".", ":")):
                text = f"heading '{block.text}' ends in a mark; remove it"
                yield Fault(page.path, block.line, "S24", text)
            elif _title_case(block.text) and page.path != _landing(course):
                text = f"heading '{block.text}' is in title case; write a sentence"
                yield Fault(page.path, block.line, "S24", text)


def _landing(course: Course) -> str:
    return course.toc[0]


def _title_case(text: str) -> bool:
    long = [w for w in re.findall(r"[A-Za-z]{4,}", text.partition(":")[2] or text)]
    return len(long) >= 3 and all(w[0].isupper() and w[1:].islower() for w in long)


RULES = (
    one_sentence_a_line,
    banned_words,
    no_raw_html,
    framed,
    title_in_sentence_case,
)
