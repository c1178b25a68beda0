"""The index of terms: entries where a chapter speaks of a term first, and what is near.

Terms and the words that stand for them are listed in ``terms.toml``, so that the notebooks stay
free of index marks.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

TERMS = Path(__file__).parents[1] / "terms.toml"
_QUIET = (nodes.literal_block, nodes.raw, nodes.title, nodes.math_block, nodes.math)
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
    """Put index entries into a chapter: each term once a section, at its first paragraph."""
    docname = app.env.docname
    if not _CHAPTER.match(docname):
        return
    seen: set[tuple[str, str]] = set()
    count = 0
    for paragraph in list(document.findall(nodes.paragraph)):
        if any(isinstance(p, _QUIET) for p in _above(paragraph)):
            continue
        section = _section(paragraph)
        text = paragraph.astext()
        for term, pattern in terms().items():
            if (section, term) in seen or not pattern.search(text):
                continue
            seen.add((section, term))
            count += 1
            name = f"term-{count}"
            entry = addnodes.index(entries=[("single", term.replace("!", "; "), name, "", None)])
            target = nodes.target("", "", ids=[name])
            paragraph.insert(0, [entry, target])


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
