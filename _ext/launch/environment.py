"""Reads titles, numbers, terms and citations out of Sphinx's environment."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from pybtex.database import Entry, Person
from pybtex.richtext import Text
from sphinx.builders import Builder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

from tools.notebooks.index import Citation, Index, Target


def read_index(env: BuildEnvironment, builder: Builder) -> Index:
    """Return what a notebook may refer to, as the book's pages show it."""
    return Index(
        pages={name: title.astext() for name, title in env.titles.items()},
        labels=_labels(env, builder),
        equations=_equations(env),
        terms=_terms(env),
        citations=_citations(env),
    )


def _labels(env: BuildEnvironment, builder: Builder) -> dict[str, Target]:
    """Return every label, with the number of the figure or table it names."""
    std: Any = env.get_domain("std")
    found = {}
    for name, (page, anchor, title) in std.labels.items():
        if page in env.found_docs:
            found[name] = Target(
                page, anchor, title, _number(env, builder, page, anchor)
            )
    for name, (page, anchor) in std.anonlabels.items():
        if page in env.found_docs and name not in found:
            number = _number(env, builder, page, anchor)
            found[name] = Target(
                page, anchor, number or env.titles[page].astext(), number
            )
    return found


def _number(env: BuildEnvironment, builder: Builder, page: str, anchor: str) -> str:
    """Return the number of a figure, table or section as the book shows it."""
    std = env.get_domain("std")
    assert isinstance(std, StandardDomain)
    for kind, numbers in env.toc_fignumbers.get(page, {}).items():
        if kind != "displaymath" and anchor in numbers:
            form = env.config.numfig_format.get(kind, "%s")
            return form % ".".join(map(str, numbers[anchor]))
    sections = env.toc_secnumbers.get(page, {})
    if number := sections.get(f"#{anchor}"):
        form = env.config.numfig_format.get("section", "%s")
        return form % ".".join(map(str, number))
    return ""


def _equations(env: BuildEnvironment) -> dict[str, Target]:
    """Return every labelled equation with its number in brackets."""
    maths: Any = env.get_domain("math")
    form = env.config.math_eqref_format or "({number})"
    found = {}
    for name, (page, number) in maths.equations.items():
        anchor = nodes.make_id(f"equation-{name}")
        if env.config.math_numfig and env.config.numfig:
            numbers = env.toc_fignumbers.get(page, {}).get("displaymath", {})
            number = ".".join(map(str, numbers.get(anchor, (number,))))
            number = env.config.math_numsep.join(number.rsplit(".", 1))
        text = form.format(number=number)
        found[name.lower()] = Target(page, anchor, text, text)
    return found


def _terms(env: BuildEnvironment) -> dict[str, Target]:
    """Return every word of the glossary."""
    std: Any = env.get_domain("std")
    return {
        name.lower(): Target(page, anchor, name)
        for (kind, name), (page, anchor) in std.objects.items()
        if kind == "term"
    }


def _citations(env: BuildEnvironment) -> dict[str, Citation]:
    """Return every work in the list of references."""
    domain = env.get_domain("cite")
    assert isinstance(domain, BibtexDomain)
    return {
        citation.key.lower(): Citation(
            authors(citation.entry),
            citation.entry.fields.get("year", "n.d."),
            citation.bibliography_key.docname,
            citation.citation_id,
        )
        for citation in domain.citations
    }


def authors(entry: Entry) -> str:
    """Return the authors as they are cited: one, two, or the first "et al."."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_family_name(person) for person in people]
    if not names:
        return entry.fields.get("organization") or entry.fields.get("title", entry.key)
    return names[0] + (
        f" and {names[1]}" if len(names) == 2 else " et al." if len(names) > 2 else ""
    )


def _family_name(person: Person) -> str:
    """Return the family name of a person, or the name of an organisation."""
    parts = [*person.prelast_names, *person.last_names]
    return str(Text.from_latex(" ".join(parts)))
