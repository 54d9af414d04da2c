"""A small project with every kind of card and question, and a browser to try it in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from _ext.study import generate, markup
from _ext.study.slim import assets
from _ext.study.source import Study, read
from tools.study import mathml, render

DEMO = Path(__file__).parent / "demo"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the small project, to break."""
    shutil.copytree(DEMO, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture(scope="session")
def demo() -> Study:
    """The study data of the small project."""
    return read(DEMO / "study" / "part" / "demo.yml")


@pytest.fixture(scope="session")
def demo_page(tmp_path_factory: pytest.TempPathFactory, demo: Study) -> str:
    """The address of a page with all its cards and questions."""
    folder = tmp_path_factory.mktemp("page")
    for name, text in assets().items():
        (folder / name).write_text(text, "utf-8")
    context = markup.Context(render.parse)
    made = [markup.deck(demo.cards, context), markup.quiz(demo.quiz, context)]
    formulas = mathml.render(
        render.formula(n) for node in made for n in render.formulas(node)
    )
    body = "".join(render.html(node, formulas) for node in made)
    generators = generate.javascript(markup.functions(demo.quiz))
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Demo</title>'
        f'<link rel="stylesheet" href="study.css"><script>{generators}</script>'
        f'<script src="study.js" defer></script>'
        f"<main><h1>Demo</h1>{body}</main></html>"
    )
    (folder / "demo.html").write_text(page, "utf-8")
    return (folder / "demo.html").as_uri()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor: what is stored is shared by this context's tabs, and no others."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def open_demo(context: BrowserContext, demo_page: str) -> Iterator[Callable[[], Page]]:
    """A function that opens the page in a new tab; no script may fail in any."""
    errors: list[str] = []

    def open_one() -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and errors.append(message.text),
        )
        page.goto(demo_page)
        return page

    yield open_one
    assert errors == []
