"""S01 to S05: one slug, five files; front matter; labels; no strays or strangers."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from tools.sources.course import Chapter, Course, labels_of
from tools.sources.faults import Fault

WINGS = {"chapters": "md", "exercises": "md", "solutions": "md", "study": "yml"}
FRONT = {"file_format": "mystnb", "kernelspec": None}
COURSE = {"reading": int, "exercises": int, "extras": list, "reviewed": date}
TEXT = {".md", ".py", ".yml", ".yaml", ".toml", ".txt", ".bib", ".css", ".js", ".html"}
TEXT |= {".json", ".cff", ".cfg", ".mplstyle", ".svg", ""}
SKIPPED = {"node_modules", "build", "dist"}
MACHINE = re.compile(r"(?<![\w.~}])/(?:home|root|Users|work|mnt)/[\w.-]+|[A-Z]:\\Users")
HOSTS = (
    "cdn.jsdelivr.net",
    "unpkg.com",
    "cdnjs.cloudflare.com",
    "fonts.googleapis.com",
    "fonts.gstatic.com",
    "polyfill.io",
    "googletagmanager.com",
    "google-analytics.com",
)
NAMES_THEM = ("tools/sources/files.py", "tests/")


def one_slug_five_files(course: Course) -> Iterator[Fault]:
    """S01: each chapter of the toc has its five files, and no file is left over."""
    toc, seen = set(course.toc), {}
    for chapter in course.chapters:
        line = course.line_of("_toc.yml", chapter.page.removesuffix(".md"))
        if chapter.slug in seen:
            yield Fault(
                "_toc.yml", line, "S01", f"slug '{chapter.slug}' is taken; rename it"
            )
        seen[chapter.slug] = chapter
        for path in chapter.files:
            if not course.has(path):
                yield Fault("_toc.yml", line, "S01", f"{path} is missing; write it")
        for path in (chapter.exercises, chapter.solutions):
            if path not in toc:
                text = f"list {path.removesuffix('.md')} under its chapter"
                yield Fault("_toc.yml", line, "S01", text)
    yield from _strays(course, {p for c in course.chapters for p in c.files} | toc)


def _strays(course: Course, known: set[str]) -> Iterator[Fault]:
    found = [
        path
        for wing, suffix in WINGS.items()
        for path in sorted((course.root / wing).glob(f"*/*.{suffix}"))
    ]
    found += sorted((course.root / "utils/checks").glob("[!_]*.py"))
    for path in found:
        name = path.relative_to(course.root).as_posix()
        if name not in known:
            text = "belongs to no chapter of _toc.yml; list the chapter or delete this"
            yield Fault(name, 1, "S01", text)


def front_matter(course: Course) -> Iterator[Fault]:
    """S02: the front matter says what the page is and how long it takes."""
    for chapter in course.chapters:
        for path in (chapter.page, chapter.solutions):
            page = course.page(path)
            if page is None:
                continue
            for key, value in FRONT.items():
                given = page.front.get(key)
                if given is None or (value is not None and given != value):
                    want = f"'{key}: {value}'" if value else f"'{key}: …'"
                    text = (
                        f"front matter lacks {want}; copy it from chapters/_template.md"
                    )
                    yield Fault(path, 1, "S02", text)
            wanted = COURSE if path == chapter.page else {"extras": list}
            yield from _course_keys(path, page.front, wanted)


def _course_keys(path: str, front: dict, wanted: dict[str, type]) -> Iterator[Fault]:
    given = front.get("course", {})
    for key, kind in wanted.items():
        if not isinstance(given.get(key), kind):
            text = f"front matter needs 'course.{key}' of type {kind.__name__}; add it"
            yield Fault(path, 1, "S02", text)
    for key in given:
        if key not in COURSE:
            text = f"front matter has 'course.{key}', which nothing reads; remove it"
            yield Fault(path, 1, "S02", text)


def labels(course: Course) -> Iterator[Fault]:
    """S03: each page starts with its label, and labels carry the slug, once."""
    for chapter in course.chapters:
        for path, prefix in ((chapter.page, "ch"), (chapter.solutions, "sol")):
            page = course.page(path)
            if page is None:
                continue
            want = f"{prefix}-{chapter.slug}"
            first = next((b for b in page.blocks), None)
            if first is None or (first.kind, first.name) != ("label", want):
                text = f"the page must start with '({want})='; put it before the title"
                yield Fault(path, first.line if first else 1, "S03", text)
            for name, line in labels_of(page):
                if not _carries_slug(name, chapter):
                    text = f"label '{name}' must be {_forms(chapter)}; rename it"
                    yield Fault(path, line, "S03", text)
    yield from _repeated(course)


def _carries_slug(name: str, chapter: Chapter) -> bool:
    slug = chapter.slug
    starts = (f"{slug}-", f"fig-{slug}-", f"eq-{slug}-", f"sol-{slug}", f"ex-{slug}")
    return name == f"ch-{slug}" or name.startswith(starts)


def _forms(chapter: Chapter) -> str:
    return " or ".join(f"'{p}{chapter.slug}-…'" for p in ("", "fig-", "eq-"))


def _repeated(course: Course) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for page in course.pages.values():
        for name, line in labels_of(page):
            if name in seen:
                text = f"label '{name}' is already in {seen[name]}; rename one of them"
                yield Fault(page.path, line, "S03", text)
            seen.setdefault(name, f"{page.path}:{line}")


def no_machine_paths(course: Course) -> Iterator[Fault]:
    """S05: no file names a folder of one machine, or a host a page must not ask."""
    for path in _sources(course.root):
        name = path.relative_to(course.root).as_posix()
        if name.startswith(NAMES_THEM):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if found := MACHINE.search(line):
                text = f"'{found[0]}' is a folder of one machine; use a relative path"
                yield Fault(name, number, "S05", text)
            for host in HOSTS:
                if host in line:
                    text = (
                        f"{host}: pages ask no other host; ship the file with the site"
                    )
                    yield Fault(name, number, "S05", text)


def local_pictures(course: Course) -> Iterator[Fault]:
    """S05: every picture of a page is a file of the course."""
    for page in course.pages.values():
        for block in page.walk():
            pictures = block.prose.images if block.prose else []
            if block.kind == "directive" and block.name == "figure":
                pictures = [(block.line, block.text)]
            for line, address in pictures:
                if urlsplit(address).netloc:
                    text = f"picture of {address}: ship the file with the course"
                    yield Fault(page.path, line, "S05", text)


def _sources(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if not is_kept(path):
            continue
        if path.is_dir():
            yield from _sources(path)
        elif path.suffix in TEXT:
            yield path


def is_kept(path: Path) -> bool:
    """Tell whether a file or folder is the project's own, not made or a setting."""
    if path.name in (".ci", ".github"):
        return True
    made = path.name in SKIPPED or path.name.endswith(".egg-info")
    return not made and not path.name.startswith((".", "_build"))


RULES = (
    one_slug_five_files,
    front_matter,
    labels,
    no_machine_paths,
    local_pictures,
)
