"""The page "How every equation is checked"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from book.chapters import box, fenced
from equations.checked import Checked

INTRODUCTION = """# How every equation is checked

A formula that is typed a second time for a test proves nothing about the first. So the tests of
this book read the very text that is printed: they take the LaTeX of an equation apart and compute
both sides in double precision, at values that a function brings, mostly at random. Derivatives are
central differences. An equation must hold at all of them; a range must contain all values and its
closed ends must be hit; a bound must be reached.

Then the tests misprint the equation: a sign, a digit, a bracket, an index, a transpose, one at a
time. Every misprint must be noticed, unless somebody has looked at it and found that it is still
true.

When this book was made, all **{count}** equations below were held once more against
**{values}** sets of values. For each group you find the function that brings the values: it is the
very text that was run. A green mark beside an equation in a chapter leads here, and the number
below leads back.
"""


def checked_page(
    equations: Mapping[str, Sequence[Checked]], titles: Mapping[str, str], shown: set[str]
) -> str:
    """MyST Markdown for the page.

    Parameters
    ----------
    equations : mapping
        What holds, by notebook.
    titles : mapping
        The titles of the notebooks.
    shown : set of str
        The numbers of the equations that this edition shows.
    """
    listed = {name: [e for e in found if e.tag in shown] for name, found in equations.items()}
    everything = [equation for found in listed.values() for equation in found]
    count, values = len(everything), sum(equation.values for equation in everything)
    lines = [INTRODUCTION.format(count=count, values=f"{values:,}")]
    for name, found in listed.items():
        if found:
            lines += [f"## {titles[name]}", *_groups(found)]
    return "\n\n".join(lines) + "\n"


def _groups(found: Sequence[Checked]) -> list[str]:
    lines = []
    for _, members in groupby(found, key=lambda equation: equation.source):
        group = list(members)
        rows = [
            f"| [({e.tag})]{{#checked-{e.tag.replace('.', '-')}}} | ${_inline(e.latex)}$ "
            f"| {e.values} | {e.misprints} |"
            for e in group
        ]
        table = "\n".join(
            ["| | equation | sets of values | misprints tried |", "|---|---|---:|---:|", *rows]
        )
        title = f"The values: {group[0].function}, in {group[0].file}"
        source = box("source", title, fenced(group[0].source, "python"))
        lines.append(f"::::::{{container}} equations\n{table}\n\n{source}\n::::::")
    return lines


def _inline(latex: str) -> str:
    """A formula in one line, safe in a table."""
    return re.sub(r"\s+", " ", latex).replace("|", r"\vert ").strip()
