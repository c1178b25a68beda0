"""``marks.csv``: what everybody has, sheet by sheet and in all."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.intake.tables import Table, no_formula
from autograder.marks.form import number
from autograder.marks.late import duration
from autograder.marks.points import Marks, SheetMark

WHO = ("student", "name", "email", "section")


def marks_table(marks: Sequence[Marks]) -> Table:
    """A row for each person. The points of a sheet are empty while anything of it waits."""
    sheets = [mark.sheet for mark in marks[0].sheets] if marks else []
    columns = [column for sheet in sheets for column in _columns(sheet)]
    rows = [_row(one) for one in marks]
    return Table((*WHO, *columns, "total", "waiting"), tuple(rows), "marks.csv")


def _columns(sheet: str) -> list[str]:
    parts = ("machine", "by hand", "waiting", "handed in", "late", "lost", "note")
    return [f"{sheet} {part}" for part in parts] + [sheet]


def _row(one: Marks) -> dict[str, str]:
    person = one.person
    row = {"student": no_formula(person.key), "name": no_formula(person.name),
           "email": no_formula(person.email), "section": no_formula(person.section)}  # fmt: skip
    for mark in one.sheets:
        row |= dict(zip(_columns(mark.sheet), _cells(mark), strict=True))
    total = one.total
    return {**row, "total": "" if total is None else number(total), "waiting": str(one.waiting)}


def _cells(mark: SheetMark) -> list[str]:
    time = mark.handed_in.isoformat(sep=" ", timespec="minutes") if mark.handed_in else ""
    points = mark.points
    return [
        number(mark.machine) if mark.there else "",
        number(mark.people) if mark.there else "",
        str(mark.waiting),
        time,
        duration(mark.late_by) if mark.late_by else "",
        number(mark.lost) if mark.lost else "",
        mark.note,
        "" if points is None else number(points),
    ]
