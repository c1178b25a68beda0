"""Brightspace: Grades, Enter Grades, Import.

The first columns are OrgDefinedId and Username, each with a # before it. The column of a numeric
grade item is its name and ``Points Grade``. The last column, ``End-of-Line Indicator``, has a # in
each row. Nothing else should be in the file. (From D2L's page "Importing grades".)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.intake.roster import Person
from autograder.intake.tables import Table, squeezed
from autograder.marks.form import Form, amount, cells

IDS = ("OrgDefinedId", "Username")
END = "End-of-Line Indicator"
HEAD = re.compile(r"(.*?)\s*Points Grade\s*(<.*>)?", re.DOTALL)
MOST = re.compile(r"MaxPoints:([\d.,]+)")


def _column(table: Table, title: str) -> str:
    for column in table.columns:
        match = HEAD.fullmatch(column)
        if match and squeezed(match[1]) == squeezed(title):
            return column
    return ""


def _maximum(table: Table, column: str) -> float | None:
    match = MOST.search(column)
    return amount(match[1]) if match else None


def _kept(table: Table, column: str) -> tuple[str, ...]:
    return tuple(name for name in table.columns if name in (*IDS, column, END))


def _blank(people: Sequence[Person], title: str, points: float) -> Table:
    rows = cells(people, {"number": "OrgDefinedId", "login": "Username"})
    for row in rows:
        row |= {name: f"#{row[name]}" for name in IDS if row[name]}
        row[END] = "#"
    return Table((*IDS, f"{title} Points Grade", END), tuple(rows), "a new table for Brightspace")


FORM = Form("brightspace", _column, _maximum, _kept, _blank)
