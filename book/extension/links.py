"""Turn what the text refers to into links: equations, figures, exercises, notebooks.

The notebooks say "(1.1.5)", "Figure 2.3", "exercise 2.4", "notebook 3". Here each becomes a
link wherever the book holds what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book.extension.formulas import anchor

_REFERENCE = re.compile(
    r"(?P<equation>\((?P<tag>\d(?:\.\d{1,2}){2,3})\))"
    r"|(?P<figure>Figures?\u00a0?\s?(?P<number>\d\.\d{1,2}[a-z]?))"
    r"|(?P<exercise>\b[Ee]xercises? (?P<id>\d(?:\.\d){1,2})\b)"
    r"|(?P<work>(?P<authors>[A-Z]\w+(?: and [A-Z]\w+| et al\.)?),? \(?(?P<year>(?:19|20)\d\d)\b\)?)"
    r"|(?P<notebook>\b[Nn]otebooks? (?P<chapter>[1-6])\b)"
)
_EXERCISE_TITLE = re.compile(r"^(?:Exercise )?(\d(?:\.\d){1,2})[: ]")
_NO_LINKS = (nodes.reference, nodes.literal, nodes.literal_block, nodes.title, nodes.math,
             nodes.math_block, nodes.raw)  # fmt: skip


def collect(app: Sphinx, document: nodes.document) -> None:
    """Name the sections of exercises, and note where everything is."""
    env = app.env
    targets = _targets(env)
    page = env.docname
    targets[page] = {}
    for section in document.findall(nodes.section):
        if found := _EXERCISE_TITLE.match(section.next_node(nodes.title).astext()):
            name = "exercise-" + found.group(1).replace(".", "-")
            if targets[page].setdefault(f"exercise {found.group(1)}", name) not in document.ids:
                document.ids[name] = section
                section["ids"].append(name)
    for node in document.findall(nodes.math_block):
        if tag := node.get("tag"):
            targets[page][f"equation {tag}"] = anchor(tag)
    for node in document.findall(nodes.figure):
        for name in node.get("names", ()):
            if name.startswith("figure-"):
                number = name.removeprefix("figure-").replace("-", ".")
                targets[page][f"figure {number}"] = node["ids"][0]


def _targets(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    if not hasattr(env, "book_targets"):
        env.book_targets = {}
    return env.book_targets


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """A page is about to be read anew."""
    _targets(env).pop(docname, None)


def link(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put the links into one page."""
    places = {what: (page, name) for page, found in _targets(app.env).items()
              for what, name in found.items()}  # fmt: skip
    for text in list(document.findall(nodes.Text)):
        parents = list(_parents(text))
        if any(isinstance(parent, _NO_LINKS) for parent in parents):
            continue
        if _own_number(text, parents):
            continue
        pieces = list(_linked(app, str(text), docname, places))
        if any(isinstance(piece, nodes.reference) for piece in pieces):
            text.parent.replace(text, pieces)


def _own_number(text: nodes.Text, parents: list[nodes.Node]) -> bool:
    """Whether this is the number with which a caption begins."""
    return any(
        isinstance(parent, nodes.caption) and parent.astext().startswith(str(text))
        for parent in parents
    )


def _parents(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _linked(
    app: Sphinx, text: str, docname: str, places: dict[str, tuple[str, str]]
) -> Iterator[nodes.Node]:
    end = 0
    for found in _REFERENCE.finditer(text):
        target = _meant(app, docname, found, places)
        if target is None:
            continue
        yield nodes.Text(text[end : found.start()])
        page, name = target
        here = page == docname and name
        uri = "" if here else app.builder.get_relative_uri(docname, page)
        reference = nodes.reference("", found.group(0), internal=True, classes=["to"])
        reference["refuri"] = f"{uri}#{name}" if name else uri
        yield reference
        end = found.end()
    yield nodes.Text(text[end:])


def _meant(
    app: Sphinx, docname: str, found: re.Match[str], places: dict[str, tuple[str, str]]
) -> tuple[str, str] | None:
    if tag := found.group("tag"):
        return places.get(f"equation {tag}") or places.get(f"exercise {tag}")
    if number := found.group("number"):
        return places.get(f"figure {number}")
    if exercise := found.group("id"):
        return places.get(f"exercise {exercise}")
    if found.group("work"):
        return _work(app, docname, found.group("authors"), found.group("year"))
    for page in sorted(app.env.found_docs):
        if page.startswith(f"0{found.group('chapter')}_"):
            return page, ""
    return None


def _work(app: Sphinx, docname: str, authors: str, year: str) -> tuple[str, str] | None:
    """Where a work is in the bibliography, named as in "Glorot and Bengio (2010)".

    Of two with the same authors and year it is the one that this chapter cites at its end.
    """
    domain = app.env.get_domain("cite")
    cited = {
        key.key for ref in domain.citation_refs if ref.docname == docname for key in ref.targets
    }
    fitting = [
        citation
        for citation in domain.citations
        if citation.entry.fields.get("year") == year and _short(citation.entry) == authors
    ]
    for citation in sorted(fitting, key=lambda citation: citation.key not in cited):
        return citation.bibliography_key.docname, citation.citation_id
    return None


def _short(entry: Any) -> str:
    names = [" ".join([*person.prelast_names, *person.last_names])
             for person in entry.persons.get("author", [])]  # fmt: skip
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names)


def setup(app: Sphinx) -> None:
    """Connect the steps."""
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", forget)
    app.connect("doctree-resolved", link)
