"""The index of terms: entries where a chapter speaks of a term first, and what is near.

Terms and the words that stand for them are listed in ``terms.toml``, so that the notebooks stay
free of index marks.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

TERMS = Path(__file__).parents[1] / "terms.toml"
_QUIET = (nodes.literal_block, nodes.raw, nodes.title, nodes.math_block, nodes.math)
_NUMBER = re.compile(r"(?:Exercise )?(\d(?:\.\d){0,2})\b")
_CHAPTER = re.compile(r"(\d\d_[a-z_]+|notation)$")


@cache
def terms() -> dict[str, re.Pattern[str]]:
    """Every term of the index, and how to find it in a text.

    Examples
    --------
    >>> bool(terms()["sigmoid"].search("the Sigmoid function"))
    True
    """
    listed = tomllib.loads(TERMS.read_text(encoding="utf-8"))["terms"]
    return {
        term: re.compile(r"\b(?:" + "|".join(words or [re.escape(term)]) + r")\b", re.IGNORECASE)
        for term, words in listed.items()
    }


def mark(app: Sphinx, document: nodes.document) -> None:
    """Put index entries into a chapter: each term once a section, at its first paragraph.

    What a title says counts for the first paragraph below it.
    """
    docname = app.env.docname
    if not _CHAPTER.match(docname):
        return
    places = _places(app.env)
    seen: set[tuple[str, str]] = set()
    count = 0
    titles = _titles(document)
    for paragraph in list(document.findall(nodes.paragraph)):
        if any(isinstance(p, _QUIET) for p in _above(paragraph)):
            continue
        section = _section(paragraph)
        text = " ".join([*titles.get(id(paragraph), []), paragraph.astext()])
        for term, pattern in terms().items():
            if (section, term) in seen or not pattern.search(text):
                continue
            seen.add((section, term))
            count += 1
            name = f"term-{count}"
            places[f"{docname}#{name}"] = (term, _label(document, paragraph))
            entry = addnodes.index(entries=[("single", term.replace("!", "; "), name, "", None)])
            target = nodes.target("", "", ids=[name])
            paragraph.insert(0, [entry, target])


def _titles(document: nodes.document) -> dict[int, list[str]]:
    """The titles of the sections that a paragraph is the first of, by its identity."""
    found: dict[int, list[str]] = {}
    for section in document.findall(nodes.section):
        first = next(iter(section.findall(nodes.paragraph)), None)
        if first is not None:
            found.setdefault(id(first), []).append(section[0].astext())
    return found


def _places(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    if not hasattr(env, "book_places"):
        env.book_places = {}
    return env.book_places


def _label(document: nodes.document, node: nodes.Node) -> str:
    """The number of the section that a node is in; else that of the chapter."""
    titles = [p[0].astext() for p in _above(node) if isinstance(p, nodes.section)]
    for title in titles:
        if found := _NUMBER.match(title):
            return found.group(1)
    return titles[-1].lower()


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """A page is about to be read anew."""
    places = _places(env)
    for place in [place for place in places if place.startswith(f"{docname}#")]:
        del places[place]


def fill_index(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the template of the index the terms and the names of the code, each with its places."""
    if pagename != "genindex":
        return
    found: dict[str, list[tuple[str, str]]] = {}
    for place, (term, label) in _places(app.env).items():
        page, _, name = place.partition("#")
        entries = found.setdefault(term, [])
        if label not in [known for _, known in entries]:  # the first place of each section
            entries.append((f"{page}.html#{name}", label))
    letters: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {}
    for term in sorted(found, key=str.lower):
        letters.setdefault(term[0].upper(), []).append((term, sorted(found[term], key=_order)))
    context["book_terms"] = list(letters.items())
    objects = app.env.domains["py"].get_objects()
    context["book_names"] = sorted(
        (
            (name.rpartition(".")[2], name.rpartition(".")[0], f"{page}.html#{anchor}")
            for name, _, kind, page, anchor, _ in objects
            if kind in ("function", "class", "exception", "data")
        ),
        key=lambda entry: (entry[0].lower(), entry[1]),
    )


def _order(entry: tuple[str, str]) -> tuple[str, int]:
    """Places in the order in which one reads: by chapter, then as they were counted.

    Examples
    --------
    >>> _order(("06_pytorch.html#term-12", "6.1.1"))
    ('06_pytorch.html', 12)
    """
    page, _, number = entry[0].partition("#term-")
    return page, int(number)


def leave_out_of_search(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Search finds sections and words; the terms of the index would name the same pages again."""
    getattr(getattr(app.builder, "indexer", None), "_index_entries", {}).clear()
    return []


def _above(node: nodes.Node) -> list[nodes.Node]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def _section(node: nodes.Node) -> str:
    """The section of the second level that a paragraph is in."""
    sections = [p for p in _above(node) if isinstance(p, nodes.section)]
    place = sections[-2] if len(sections) > 1 else sections[-1]
    return place["ids"][0]


def setup(app: Sphinx) -> None:
    """Connect it; a changed list changes every chapter."""
    app.connect("doctree-read", mark)
    app.connect("env-purge-doc", forget)
    app.connect("html-page-context", fill_index)
    app.connect("html-collect-pages", leave_out_of_search)
