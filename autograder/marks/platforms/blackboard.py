"""Blackboard: Grade Center, Work Offline, Upload.

People are known by Username. A column is known by the number behind ``|`` in its name, as in
``Sheet 1 [Total Pts: 40 Score] |12345``; without that number Blackboard makes a new column. Its own
file has tabs between cells and is UTF-16. (From Blackboard's help on uploading Grade Center items.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.intake.roster import Person
from autograder.intake.tables import Table, squeezed
from autograder.marks.form import Form, amount, cells

IDS = ("Last Name", "First Name", "Username", "Student ID")
HEAD = re.compile(r"(.*?)\s*\[Total Pts: ([\d.,]+|up to [\d.,]+)[^\]]*\].*", re.DOTALL)


def _column(table: Table, title: str) -> str:
    for column in table.columns:
        match = HEAD.fullmatch(column)
        if match and squeezed(match[1]) == squeezed(title):
            return column
    return title if title in table.columns else ""


def _maximum(table: Table, column: str) -> float | None:
    match = HEAD.fullmatch(column)
    return amount(match[2]) if match else None


def _kept(table: Table, column: str) -> tuple[str, ...]:
    return tuple(name for name in table.columns if name in (*IDS, column))


def _blank(people: Sequence[Person], title: str, points: float) -> Table:
    rows = cells(people, {"last": "Last Name", "first": "First Name", "login": "Username",
                          "number": "Student ID"})  # fmt: skip
    for row, person in zip(rows, people, strict=True):
        row["Last Name"] = row["Last Name"] or person.name
    return Table((*IDS, title), tuple(rows), "a new table for Blackboard")


FORM = Form("blackboard", _column, _maximum, _kept, _blank)
