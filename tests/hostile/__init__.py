"""Submissions that want points without work, or want to hurt: text only, run by the grader.

Each is the source of one answer cell, that of exercise 2.2.2, which must define ``softmax``.
They are kept as strings so that nothing runs them by accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class Hostile:
    """One hostile answer.

    Attributes
    ----------
    source : str
        The cell. ``@TOKEN@`` in it stands for a word that is different in every run.
    says : str
        A regular expression that a message of the verdict must match: it shows that the
        attack was really tried, and how it ended.
    slow : bool
        Whether it takes more than two seconds to be seen off.
    """

    source: str
    says: str
    slow: bool = False


def hostile(source: str, says: str, slow: bool = False) -> Hostile:
    """Make one from an indented text."""
    return Hostile(dedent(source).strip() + "\n", says, slow)
