"""Lines of reference solutions in what a student's process sends: none may reach a student."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from helpers.checking.answers import Cell

SHORTEST = 16
"""Shorter lines, such as ``return params``, stand in everybody's answers."""


def lines_to_hide(reference: Iterable[Cell], own: Iterable[Cell]) -> frozenset[str]:
    """The lines of a reference that a student has not written, without their indentation.

    Examples
    --------
    >>> lines = ["def double(x):", "    return x * 2  # twice as much"]
    >>> sorted(lines_to_hide([Cell("\\n".join(lines), "a")], [Cell(lines[0], "b")]))
    ['return x * 2  # twice as much']
    """
    found = {line for cell in reference for line in _lines(cell)}
    return frozenset(found - {line for cell in own for line in _lines(cell)})


def quotes(value: Any, lines: Iterable[str]) -> bool:
    """Whether a line stands in any text in plain data.

    Examples
    --------
    >>> quotes({"problem": ["raised: return x * 2  # twice"]}, ["return x * 2  # twice"])
    True
    """
    return any(line in text for text in _texts(value) for line in lines)


def _lines(cell: Cell) -> Iterator[str]:
    stripped = (line.strip() for line in cell.source.splitlines())
    return (line for line in stripped if len(line) >= SHORTEST)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from (key, *_texts(entry))
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from _texts(entry)
