"""A student's notebook, taken apart: what :mod:`autograder.intake.answers` makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpers.checking.statements import Cell

START = ""  # the place before the first known cell


@dataclass
class NotebookParts:
    """A student's notebook, taken apart.

    Attributes
    ----------
    answers : dict of str to str
        Source of every answer that is there, by ``grade_id``; duplicates and halves joined.
        Of copies those count that run before the check.
    elsewhere : dict of str to str
        Source of the student's own cells that define the functions of an answer which is not
        there, by its ``grade_id``. They are among ``extra``, too.
    attachments : dict of str to dict
        Pictures attached to written answers, by ``grade_id``.
    extra : dict of str to list
        The student's own cells, by the key of the course's cell that they follow.
    edited : set of str
        Keys of the given cells that were edited; what they became is among ``extra``, too.
    present : set of str
        Keys of the course's cells that are there.
    remarks : list of str
        What was deleted, duplicated, moved or edited.
    doubts : dict of str to str
        By ``grade_id``, what a person should look at where the answer is not right.
    unplaced : list of str
        The cells of the course after which texts of the student's own stand that answer nothing.
    """

    answers: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, dict] = field(default_factory=dict)
    extra: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


def own_cells(laid: NotebookParts, key: str) -> list[Cell]:
    """The student's own code that follows a cell of the course."""
    return [
        Cell(cell["source"], f"{key or 'top'}+{index + 1}")
        for index, cell in enumerate(laid.extra.get(key, []))
        if cell["cell_type"] == "code"
    ]
