"""Boxes: questions, hints, answers, how they are graded, what a check says.

A box with a title that can be closed is a ``details`` element, so that it works without scripts.
"""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

OPEN = {"answer": True, "hint": False, "rubric": False, "code": False, "source": False}
"""The boxes that can be closed, and whether they are open at first."""
PLAIN = ("question", "stub", "check", "play", "front")


class box(nodes.General, nodes.Element):
    """A box; ``kind`` and ``title`` are its attributes."""


class BoxDirective(SphinxDirective):
    """``{box} kind`` with an optional ``:title:``."""

    has_content = True
    required_arguments = 1
    option_spec = {"title": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Parse what is inside."""
        try:
            kind = directives.choice(self.arguments[0], (*OPEN, *PLAIN))
        except ValueError as error:
            raise self.error(f"a box of an unknown kind: {error}") from error
        node = box(kind=kind, title=(self.options.get("title") or "").strip())
        self.set_source_info(node)
        node += self.parse_content_to_nodes()
        return [node]


def visit_box(self: HTML5Translator, node: box) -> None:
    """Open the element."""
    kind, title = node["kind"], self.encode(node["title"])
    if kind in OPEN:
        opened = " open" if OPEN[kind] else ""
        self.body.append(f'<details class="box {kind}"{opened}><summary>{title}</summary>\n')
        self.body.append('<div class="inside">\n')
        return
    self.body.append(f'<div class="box {kind}">\n')
    if title:
        self.body.append(f'<p class="box-title">{title}</p>\n')
    self.body.append('<div class="inside">\n')


def depart_box(self: HTML5Translator, node: box) -> None:
    """Close it."""
    self.body.append("</div></details>\n" if node["kind"] in OPEN else "</div></div>\n")


def setup(app: Sphinx) -> None:
    """Add the directive and its node."""
    app.add_node(box, html=(visit_box, depart_box))
    app.add_directive("box", BoxDirective)
