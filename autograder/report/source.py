"""Source code and tracebacks as HTML."""

from __future__ import annotations

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.report.budget import PageBudget
from autograder.report.text import clean, cut

MAX_LENGTH = 20_000
MAX_LINES = 400
MAX_LINE = 400


def shorten(text: str) -> tuple[str, bool]:
    r"""The beginning of a text, cleaned, in lines that fit a page; and whether that is less.

    Examples
    --------
    >>> shorten("x = 1\n")
    ('x = 1\n', False)
    """
    lines = clean(text[: 2 * MAX_LENGTH]).split("\n")
    kept = "\n".join(cut(line, MAX_LINE) for line in lines[:MAX_LINES])[:MAX_LENGTH]
    long = len(text) > MAX_LENGTH or len(lines) > MAX_LINES
    return kept, long or any(len(line) > MAX_LINE for line in lines[:MAX_LINES])


def python(text: str, budget: PageBudget) -> Markup:
    """Python source, coloured by classes, each line in a ``span`` that CSS numbers.

    Examples
    --------
    >>> print(python("x < 1", PageBudget()))
    <span class="line"><span class="n">x</span> <span class="o">&lt;</span> \
<span class="mi">1</span></span>
    """
    kept, _ = shorten(text.strip("\n"))
    if budget.afford("code", len(kept)):
        formatted = highlight(kept, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    else:
        formatted = str(Markup.escape(kept))
    lines = formatted.rstrip("\n").split("\n")
    return Markup("\n".join(f'<span class="line">{line}</span>' for line in lines))
