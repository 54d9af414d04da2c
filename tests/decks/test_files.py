"""Writing all decks: what is made again, what is left out, what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.application import Sphinx

from tools.browser import NoBrowserError
from tools.decks import __main__ as command
from tools.decks import changes, files, sheets
from tools.decks.chapters import chapters

OLD, NEW = "Multiply along a path; add over all paths.", "Multiply, then add."


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder to build in."""
    return tmp_path / "out"


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The titles of what is printed, instead of printing it."""
    titles = []

    def make(wanted, dated):
        titles.extend(title for title, _ in wanted)
        return [f"%PDF {title} {dated}".encode() for title, _ in wanted]

    monkeypatch.setattr(sheets, "make", make)
    return titles


def write(course: Path, out: Path) -> files.Written:
    """Write the decks as a build of the site does it."""
    return files.write(course, out / "html" / "decks", out / ".decks")


def contents(out: Path) -> dict[str, bytes]:
    """The files of the decks by their names."""
    folder = out / "html" / "decks"
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_each_chapter_and_the_whole_in_all_formats(course, out, printed):
    assert write(course, out).problems == []
    slugs = [chapter.slug for chapter in chapters(course)]
    names = {
        f"{name}.{suffix}"
        for name in (*slugs, "whole-course")
        for suffix in ("apkg", "org", "tsv", "pdf")
    }
    assert contents(out).keys() == names | {"update-deck.el"}


def test_a_second_build_makes_nothing(course, out, printed, monkeypatch):
    write(course, out)
    before = contents(out)
    for module in (files.anki, files.org, files.tsv, files.sheets):
        for name in ("package", "deck", "make"):
            monkeypatch.delattr(module, name, raising=False)
    write(course, out)
    assert contents(out) == before


def test_an_edit_makes_its_chapter_and_the_whole_again(course, out, printed, edit):
    write(course, out)
    before = contents(out)
    printed.clear()
    edit(OLD, NEW)
    write(course, out)
    after = contents(out)
    assert sorted(printed) == ["Backpropagation", "Deep Learning, Line by Line"]
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        f"{name}.{suffix}"
        for name in ("backpropagation", "whole-course")
        for suffix in ("apkg", "org", "tsv", "pdf")
    }
    assert len(list((out / ".decks").iterdir())) == len(chapters(course)) + 1


def test_a_preview_prints_nothing_and_shows_what_is_printed(course, out, printed, edit):
    def preview() -> set[str]:
        folder = out / "html" / "decks"
        assert not files.write(course, folder, out / ".decks", preview=True).problems
        return {name for name in contents(out) if name.endswith(".pdf")}

    assert preview() == set()
    assert "whole-course.apkg" in contents(out)
    assert printed == []
    write(course, out)
    names = {*(chapter.slug for chapter in chapters(course)), "whole-course"}
    assert preview() == {f"{name}.pdf" for name in names}
    edit(OLD, NEW)
    assert preview() == {
        f"{name}.pdf" for name in names - {"backpropagation", "whole-course"}
    }


@pytest.mark.parametrize("tags", [["preview"], []])
def test_a_page_of_a_preview_lists_no_sheets(course, out, printed, tags):
    (course / "index.md").write_text("# Cards\n\n```{decks}\n```\n", "utf-8")
    settings = {
        "extensions": ["myst_parser", "_ext.decks"],
        "exclude_patterns": ["chapters"],
    }
    app = Sphinx(
        course, None, out / "html", out / ".doctrees", "html", settings, None, tags=tags
    )
    app.build()
    page = (out / "html" / "index.html").read_text("utf-8")
    assert "whole-course.apkg" in page
    assert ("whole-course.pdf" in page) == bool(printed) == (tags == [])


def test_two_builds_from_nothing_are_the_same(course, out, printed):
    write(course, out / "first")
    write(course, out / "second")
    assert contents(out / "first") == contents(out / "second")


def test_without_a_browser_the_sheets_are_left_out_and_it_says_so(
    course, out, monkeypatch, capsys
):
    def no_browser(wanted, dated):
        raise NoBrowserError("no Chromium starts on this machine: run `make chromium`")

    monkeypatch.setattr(sheets, "make", no_browser)
    assert write(course, out).problems == []
    assert not [name for name in contents(out) if name.endswith(".pdf")]
    assert "backpropagation.apkg" in contents(out)
    assert "run `make chromium`" in capsys.readouterr().err


def edit_only(course: Path) -> Path:
    """Edit a card without noting it; return the study file."""
    file = course / "study/foundations/backpropagation.yml"
    file.write_text(file.read_text("utf-8").replace(OLD, NEW), "utf-8")
    return file


def test_a_change_that_was_not_noted_is_told(course, out, printed, capsys):
    noted = course / changes.FOLDER / "backpropagation.json"
    before = noted.read_text("utf-8")
    edit_only(course)
    [problem] = write(course, out).problems
    assert problem.startswith("tools/decks/changes/backpropagation.json")
    assert "make decks" in problem
    assert command.main(["check", "--root", str(course)]) == 1
    assert noted.read_text("utf-8") == before
    assert command.main(["--root", str(course), "--out", str(out)]) == 0
    assert "belongs to your commit" in capsys.readouterr().out
    assert command.main(["check", "--root", str(course)]) == 0
    lines = zip(before.splitlines(), noted.read_text().splitlines(), strict=True)
    assert [a.split('"')[1] for a, b in lines if a != b] == [
        "backpropagation-multiply-add"
    ]


def test_a_fault_in_a_study_file_forgets_no_time(course, out, printed):
    noted = course / changes.FOLDER / "backpropagation.json"
    before = noted.read_text("utf-8")
    file = edit_only(course)
    file.write_text(file.read_text("utf-8").replace("rev: 1", "rev: one", 1), "utf-8")
    command.main(["--root", str(course), "--out", str(out)])
    assert noted.read_text("utf-8") == before


def test_a_chapter_that_left_is_forgotten(course, out, printed):
    (course / "study/foundations/backpropagation.yml").unlink()
    command.main(["--root", str(course), "--out", str(out)])
    left = {file.stem for file in (course / changes.FOLDER).iterdir()}
    assert left == {"convolution", "note-types"}


def test_a_card_that_left_must_be_retired(course, out, printed, capsys):
    noted = course / changes.FOLDER / "backpropagation.json"
    before = noted.read_text("utf-8")
    file = course / "study/foundations/backpropagation.yml"
    text = file.read_text("utf-8")
    renamed = text.replace(
        "id: backpropagation-multiply-add", "id: backpropagation-new"
    )
    file.write_text(renamed, "utf-8")
    assert command.main(["--root", str(course), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("study/foundations/backpropagation.yml has ")
    assert "backpropagation-multiply-add no longer: list it under `retired:`" in said
    assert noted.read_text("utf-8") == before
    retired = "retired: [backpropagation-multiply-add]"
    file.write_text(renamed.replace("retired: []", retired), "utf-8")
    assert command.main(["--root", str(course), "--out", str(out)]) == 0
    assert "backpropagation-new" in noted.read_text("utf-8")


def test_a_damaged_file_of_changes_is_told(course, out, capsys):
    noted = course / changes.FOLDER / "backpropagation.json"
    noted.write_text("<<<<<<< HEAD\n")
    assert command.main(["--root", str(course), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "backpropagation.json cannot be read" in said


def test_a_picture_is_refused_with_its_card(course, out, capsys):
    file = course / "study/foundations/backpropagation.yml"
    text = file.read_text("utf-8").replace(OLD, "See ![a graph](graph.svg).")
    file.write_text(text, "utf-8")
    assert command.main(["--root", str(course), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert "backpropagation-multiply-add" in said
    assert "image" in said


def test_the_committed_changes_are_those_of_the_cards():
    assert command.main(["check"]) == 0
