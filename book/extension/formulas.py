r"""Formulas as MathML, as in reports; a number and a mark beside each tagged one.

No script runs in the page. ``\tag{1.1.5}`` becomes a link to the formula itself, so that it can
be passed on, and beside it stands a mark that leads to the test that holds it.
"""

from __future__ import annotations

import html
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

from autograder.report.maths import exact_mathml
from equations.printed import TAG

OPENING = ("{", "(", "[", r"\{", r"\left", r"\lvert", r"\lVert")
CLOSING = ("}", ")", "]", r"\}", r"\right", r"\rvert", r"\rVert")
BREAKS = ("=", "<", ">", "+", "-", r"\le", r"\ge", r"\approx", r"\in", r"\ne", r"\to")
LONG = 36
"""A formula in a line of text that has more characters may be broken."""
_SYMBOL = re.compile(r"\\[A-Za-z]+|\\.|\S")
_GAP = re.compile(r",\s*\\q?quad\s")


def anchor(number: str) -> str:
    """The name of an equation in its page.

    Examples
    --------
    >>> anchor("1.1.5")
    'equation-1-1-5'
    """
    return "equation-" + number.replace(".", "-")


def typeset(latex: str, display: bool = False) -> str:
    """A formula as MathML.

    Raises
    ------
    ExtensionError
        It cannot be read.
    """
    try:
        return str(exact_mathml(latex, display=display))
    except ValueError as error:
        raise ExtensionError(f"the formula {latex!r} cannot be set: {error}") from error


def statements(latex: str) -> list[str]:
    r"""The parts of a formula between ``, \quad``: where a narrow screen had better break it.

    Examples
    --------
    >>> statements(r"a = b + c, \qquad d = e")
    ['a = b + c,', 'd = e']
    >>> statements(r"\underbrace{a, \quad b}_{c}")
    ['\\underbrace{a, \\quad b}_{c}']
    """
    parts, begin = [], 0
    for gap in _GAP.finditer(latex):
        before = latex[: gap.start()]
        if before.count("{") == before.count("}"):
            parts.append(latex[begin : gap.start()].strip() + ",")
            begin = gap.end()
    return [*parts, latex[begin:].strip()]


def pieces(statement: str) -> list[str]:
    r"""A statement cut after relations and signs outside brackets: a narrow screen breaks it there.

    Examples
    --------
    >>> pieces(r"y = (a + b) c + d^{2 - n}")
    ['y =', '(a + b) c +', 'd^{2 - n}']
    >>> pieces("x = -|y - 1|")
    ['x =', '-|y - 1|']
    """
    found, begin, depth, in_bars = [], 0, 0, False
    for symbol in _SYMBOL.finditer(statement):
        depth += (symbol.group() in OPENING) - (symbol.group() in CLOSING)
        in_bars ^= symbol.group() == "|"
        piece = statement[begin : symbol.end()].strip()
        if not (depth or in_bars) and symbol.group() in BREAKS and piece != symbol.group():
            found.append(piece)
            begin = symbol.end()
    return [*found, statement[begin:].strip()]


class NumberFormulas(SphinxTransform):
    r"""Take ``\tag`` out of displayed formulas; keep the number, and make it a target."""

    default_priority = 400

    def apply(self, **options: object) -> None:
        """Go through the formulas of one page."""
        for node in self.document.findall(nodes.math_block):
            text = node.astext()
            if tag := TAG.search(text):
                node["tag"] = tag.group(1)
                node.children = [nodes.Text(TAG.sub("", text).strip())]
                node["ids"] = [anchor(tag.group(1))]


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    after = node.next_node(nodes.Text, descend=False, siblings=True)
    # A word joiner keeps a full stop from beginning the next line.
    joiner = "&#8288;" if after is not None and re.match(r"[^\s(]", after) else ""
    latex = node.astext()
    parts = pieces(latex) if len(latex) > LONG else [latex]
    formula = "".join(typeset(part) for part in parts)
    self.body.append(f'<span class="math">{formula}</span>{joiner}')
    raise nodes.SkipNode


def visit_display(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, its number and its mark."""
    formula = "".join(f"<span>{_broken(part)}</span>" for part in statements(node.astext()))
    number = node.get("tag")
    scroll = f'<div class="formula" tabindex="0" role="group" aria-label="Formula">{formula}</div>'
    if not number:
        self.body.append(f'<div class="equation">{scroll}</div>\n')
        raise nodes.SkipNode
    name = anchor(number)
    scroll = scroll.replace('"Formula"', f'"Equation {number}"')
    mark = _mark(self, number) if number in self.config.book_equations else ""
    self.body.append(
        f'<div class="equation" id="{name}">{scroll}<div class="beside">'
        f'<a class="number" href="#{name}" title="Link to this equation">({number})</a>{mark}'
        "</div></div>\n"
    )
    raise nodes.SkipNode


def _broken(statement: str) -> str:
    return "".join(typeset(piece, display=True) for piece in pieces(statement))


def _mark(self: HTML5Translator, number: str) -> str:
    page = self.builder.get_relative_uri(self.builder.current_docname, "checked")
    target = html.escape(f"{page}#checked-{number.replace('.', '-')}")
    words = f"Equation {number} is verified by a test: see how"
    return f'<a class="verified" href="{target}" title="{words}" aria-label="{words}">✓</a>'


def setup(app: Sphinx) -> None:
    """Make this the way in which formulas are written."""
    app.add_transform(NumberFormulas)
    app.add_html_math_renderer(
        "book", inline_renderers=(visit_inline, None), block_renderers=(visit_display, None)
    )
