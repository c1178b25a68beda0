"""Moodle: the assignment's offline grading worksheet, or the gradebook's import from CSV.

The worksheet has the columns Identifier (``Participant 123``, the number that is in the names of
downloaded files), Full name, Email address, Status, Grade, Maximum Grade, Grade can be changed,
Last modified, Feedback comments; it goes back by "Upload grading worksheet". Without one, a table
with ID number and Email address goes in by Grades, Import, CSV file, which asks what columns are.
(From the pages "Assignment" and "Grade import" of MoodleDocs.)
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.intake.roster import Person
from autograder.intake.tables import Table, squeezed
from autograder.marks.form import Form, amount, cells


def _column(table: Table, title: str) -> str:
    named = [column for column in table.columns if squeezed(column) == squeezed(title)]
    return named[0] if named else table.column("grade")


def _maximum(table: Table, column: str) -> float | None:
    most = table.column("maximum grade")
    if not most or column != table.column("grade"):
        return None
    return next((amount(row[most]) for row in table.rows if row[most].strip()), None)


def _kept(table: Table, column: str) -> tuple[str, ...]:
    return table.columns  # the worksheet is taken only as it was given


def _blank(people: Sequence[Person], title: str, points: float) -> Table:
    rows = cells(people, {"first": "First name", "last": "Last name", "number": "ID number",
                          "email": "Email address"})  # fmt: skip
    for row, person in zip(rows, people, strict=True):
        row["Last name"] = row["Last name"] or person.name
    columns = ("First name", "Last name", "ID number", "Email address", title)
    return Table(columns, tuple(rows), "a new table for Moodle")


FORM = Form("moodle", _column, _maximum, _kept, _blank)
