r"""Formulas, set by KaTeX when the book is built; a number and a mark beside each tagged one.

What a reader gets is HTML and MathML: no script runs in the page. ``\tag{1.1.5}`` becomes a
link to the formula itself, so that it can be passed on, and beside it stands a mark that leads
to the test that holds it.
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

KATEX = Path(__file__).parents[1] / "vendor" / "katex.min.js"
TAG = re.compile(r"\\tag\{([\d.]+)\}")
_GAP = re.compile(r",\s*\\q?quad\s")
_OPTIONS = "{throwOnError: true, strict: 'ignore', displayMode: %s, output: 'htmlAndMathml'}"


def anchor(number: str) -> str:
    """The name of an equation in its page.

    Examples
    --------
    >>> anchor("1.1.5")
    'equation-1-1-5'
    """
    return "equation-" + number.replace(".", "-")


@cache
def _katex() -> Any:
    from py_mini_racer import MiniRacer

    engine = MiniRacer()
    engine.eval(KATEX.read_text(encoding="utf-8"))
    return engine


@cache
def typeset(latex: str, display: bool = False) -> str:
    """A formula as HTML, with MathML inside for readers who listen.

    Raises
    ------
    ExtensionError
        KaTeX does not understand it.
    """
    import json

    from py_mini_racer import JSEvalException

    options = _OPTIONS % ("true" if display else "false")
    try:
        return _katex().eval(f"katex.renderToString({json.dumps(latex)}, {options})")
    except JSEvalException as error:
        reason = str(error).strip().splitlines()[0]
        raise ExtensionError(f"KaTeX cannot set the formula {latex!r}: {reason}") from error


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


class NumberFormulas(SphinxTransform):
    r"""Take ``\tag`` out of displayed formulas; keep the number, and make it a target."""

    default_priority = 400

    def apply(self, **options: Any) -> None:
        """Go through the formulas of one page."""
        for node in self.document.findall(nodes.math_block):
            text = node.astext()
            if tag := TAG.search(text):
                node["tag"] = tag.group(1)
                node.children = [nodes.Text(TAG.sub("", text).strip())]
                node["ids"] = [anchor(tag.group(1))]


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    # The word joiner keeps a full stop from beginning the next line.
    self.body.append(f'<span class="math">{typeset(node.astext())}</span>')
    raise nodes.SkipNode


def visit_display(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, its number and its mark."""
    formula = "".join(typeset(part, display=True) for part in statements(node.astext()))
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


def _mark(self: HTML5Translator, number: str) -> str:
    page = self.builder.get_relative_uri(self.builder.current_docname, "checked")
    target = html.escape(f"{page}#checked-{number.replace('.', '-')}")
    if page.startswith("#"):  # all pages are one document
        target = f"#checked-{number.replace('.', '-')}"
    words = f"Equation {number} is verified by a test: see how"
    return f'<a class="verified" href="{target}" title="{words}" aria-label="{words}">✓</a>'


def setup(app: Sphinx) -> None:
    """Make this the way in which formulas are written."""
    app.add_transform(NumberFormulas)
    app.add_html_math_renderer(
        "book", inline_renderers=(visit_inline, None), block_renderers=(visit_display, None)
    )
