"""Canvas: Grades, Import. The columns are those of its own export.

Canvas knows people by ID, SIS User ID or SIS Login ID; an assignment's column ends in its number in
brackets; a second row gives the points possible. (From Instructure's guide "How do I import grades
in the Gradebook?" and the tests of canvas-lms's ``gradebook_importer``.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.intake.roster import Person
from autograder.intake.tables import Table, squeezed
from autograder.marks.form import Form, amount, cells, number
from helpers.errors import RosterError

IDS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
POSSIBLE = "    Points Possible"
NUMBERED = re.compile(r"(.*?)\s*\(\d+\)")


def _column(table: Table, title: str) -> str:
    if title in table.columns:
        return title
    wanted = squeezed(title)
    found = [c for c in table.columns if c not in IDS and squeezed(_unnumbered(c)) == wanted]
    if len(found) > 1:
        raise RosterError(
            f"{table.name} has {' and '.join(found)}; say which with --column, number and all"
        )
    return found[0] if found else ""


def _unnumbered(column: str) -> str:
    match = NUMBERED.fullmatch(column)
    return match[1] if match else column


def _maximum(table: Table, column: str) -> float | None:
    for row in table.rows[:3]:
        if row.get("Student", "").strip() == POSSIBLE.strip():
            return amount(row[column])
    return None


def _kept(table: Table, column: str) -> tuple[str, ...]:
    return tuple(name for name in table.columns if name in (*IDS, column))


def _blank(people: Sequence[Person], title: str, points: float) -> Table:
    rows = cells(people, {"canvas": "ID", "number": "SIS User ID", "login": "SIS Login ID",
                          "section": "Section"})  # fmt: skip
    for row, person in zip(rows, people, strict=True):
        row["Student"] = f"{person.last}, {person.first}" if person.last else person.name
    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title)
    first = {"Student": POSSIBLE, title: number(points)}
    return Table(columns, (first, *rows), "a new table for Canvas")


FORM = Form("canvas", _column, _maximum, _kept, _blank)
