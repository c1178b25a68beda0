"""The cells of a notebook as plain data: their text, and the mark that nbgrader leaves in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def mark_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What nbgrader says of a cell, such as its ``grade_id`` and ``points``; or nothing."""
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return mark if isinstance(mark, Mapping) else {}


def grade_id_of(cell: Mapping[str, Any]) -> str:
    """The ``grade_id`` of a cell, or an empty text.

    Examples
    --------
    >>> grade_id_of({"metadata": {"nbgrader": {"grade_id": "q2-2-2"}}}), grade_id_of({})
    ('q2-2-2', '')
    """
    grade_id = mark_of(cell).get("grade_id")
    return grade_id if isinstance(grade_id, str) else ""


def is_answer(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is one that the student fills in."""
    return bool(mark_of(cell).get("solution"))


def is_graded(cell: Mapping[str, Any]) -> bool:
    """Whether points are given for a cell: for an answer in prose, or by the checks in it."""
    return bool(mark_of(cell).get("grade"))


def text_of(cell: Mapping[str, Any]) -> str:
    """A cell's source as one text; some programs write a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
