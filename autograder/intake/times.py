"""When things were handed in, from a platform's table: downloads often do not tell.

Moodle's offline grading worksheet has a column "Last modified (submission)", Gradescope's grades
have "Submission Time"; a table of one's own has "handed in".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from autograder.intake.dates import placed, time_of
from autograder.intake.roster import Person, rows_of_people, same_person
from autograder.intake.submissions import Submission
from autograder.intake.tables import read_table
from helpers.errors import RosterError

COLUMNS = ("last modified (submission)", "submission time", "submitted", "handed in", "time")
NONE = ("", "-", "never")


def read_times(
    path: Path, people: Sequence[Person], zone: tzinfo | None = None
) -> dict[str, datetime]:
    """When people handed in, by key.

    Parameters
    ----------
    path : Path
        A table with a row for each person.
    people : sequence of Person
        The roster.
    zone : tzinfo, optional
        Of times without one; by default that of this machine.

    Raises
    ------
    RosterError
        The table has no column of times, or one of them is none.
    """
    table = read_table(path)
    column = table.column(*COLUMNS)
    if not column:
        there = ", ".join(table.columns[:12])
        raise RosterError(
            f"{table.name} has the columns {there}; times are in one called "
            f"{', '.join(COLUMNS[:3])} or {COLUMNS[3]}"
        )
    found = {}
    for row, person in rows_of_people(table):
        owner = same_person(person, people) if person else None
        text = row[column].strip()
        if owner and text.casefold() not in NONE:
            found[owner.key] = _time(text, zone, f"{table.name}: {owner.name}")
    return found


def with_times(
    found: Sequence[Submission], times: Mapping[str, datetime]
) -> tuple[Submission, ...]:
    """The submissions with the times of a table, which outrank those that lie beside the work."""
    return tuple(replace(one, time=times.get(one.person, one.time)) for one in found)


def _time(text: str, zone: tzinfo | None, where: str) -> datetime:
    try:
        return placed(time_of(text, None), zone)
    except ValueError:
        raise RosterError(f"{where}: {text[:50]!r} is no time; write 2030-02-03 23:59") from None
