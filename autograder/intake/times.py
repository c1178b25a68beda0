"""When things were handed in, from a platform's table: downloads often do not tell.

Moodle's offline grading worksheet has a column "Last modified (submission)", Gradescope's grades
have "Submission Time"; a table of one's own has "handed in".
"""

from __future__ import annotations

import re
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
NUMBERS = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")


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
    found: dict[str, datetime] = {}
    for row, person in rows_of_people(table):
        owner = same_person(person, people) if person else None
        text = row[column].strip()
        if owner and text.casefold() not in NONE:
            time = _time(text, zone, f"{table.name}: {owner.name}")
            found[owner.key] = max(time, found.get(owner.key, time))
    if not found:
        raise RosterError(
            f"{table.name} tells no time of anybody on the roster; is it the right one?"
        )
    return found


def with_times(
    found: Sequence[Submission], times: Mapping[str, datetime]
) -> tuple[Submission, ...]:
    """The submissions with the times of a table, which outrank those that lie beside the work."""
    return tuple(replace(one, time=times.get(one.person, one.time)) for one in found)


def _time(text: str, zone: tzinfo | None, where: str) -> datetime:
    match = NUMBERS.match(text)
    if match and match[2] != ".":
        raise RosterError(
            f"{where}: {text[:50]!r} does not say whether it begins with the day or the month; "
            "write 2030-02-03 23:59"
        )
    if match:  # with dots the day comes first
        text = f"{match[4]}-{match[3]}-{match[1]}{text[match.end() :]}"
    try:
        time = placed(time_of(text, None), zone)
    except ValueError:
        time = None
    if time is None:
        raise RosterError(f"{where}: {text[:50]!r} is no time; write 2030-02-03 23:59")
    return time
