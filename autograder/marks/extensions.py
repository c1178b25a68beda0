"""Who has more time: a table of students, sheets and due times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from autograder.course.course import Course
from autograder.course.sheets import Sheet
from autograder.intake.roster import Person
from autograder.intake.tables import read_table, squeezed
from helpers.errors import RosterError


def read_extensions(
    path: Path, course: Course, people: Sequence[Person]
) -> dict[tuple[str, str], datetime]:
    """Due times of single people, by key and sheet.

    The table has the columns ``student`` (an id, an address or a name), ``sheet`` (empty: all), and
    ``due`` (a time such as 2030-02-03 23:59) or ``days`` (so many more than the others).

    Raises
    ------
    RosterError
        A row names nobody, several people, no sheet, or no time.
    """
    table = read_table(path)
    who, sheet = table.column("student", "name", "id"), table.column("sheet")
    due, days = table.column("due"), table.column("days")
    unknown = set(table.columns) - {who, sheet, due, days, table.column("comment", "note")} - {""}
    if not who or not (due or days) or unknown:
        raise RosterError(
            f"{table.name} has the columns {', '.join(table.columns)}; a table of extensions has "
            "student, sheet, and due or days (and comment)"
        )
    found = {}
    numbered = sorted(enumerate(table.rows, start=2),
                      key=lambda one: bool(sheet and one[1][sheet].strip()))  # fmt: skip
    for number, row in numbered:  # what is said of one sheet goes before what is said of all
        where = f"{table.name}, row {number}"
        person = _person(row[who], people, where)
        named = row[sheet].strip() if sheet else ""
        for one in [course.sheet(named)] if named else course.sheets:
            time = _time(row.get(due, ""), row.get(days, ""), one, where)
            found[person.key, one.name] = time
    return found


def _person(text: str, people: Sequence[Person], where: str) -> Person:
    found = [person for person in people if squeezed(text) in person.spellings]
    if len(found) != 1:
        what = "nobody" if not found else f"{len(found)} people"
        raise RosterError(f"{where}: {text!r} is {what} on the roster; write an id from it")
    return found[0]


def _time(due: str, days: str, sheet: Sheet, where: str) -> datetime:
    try:
        if due.strip():
            text = due.strip() if ":" in due else f"{due.strip()} 23:59:59"  # till midnight
            time = datetime.fromisoformat(text)
            zone = sheet.due.tzinfo if sheet.due else None
            return time if time.tzinfo else time.replace(tzinfo=zone) if zone else time.astimezone()
        if sheet.due is None:
            raise RosterError(f"{where}: {sheet.name} has no due time in course.toml; write `due`")
        more = timedelta(days=float(days.replace(",", ".")))
        if more < timedelta():
            raise RosterError(f"{where}: {days} days would take time away; write 0 or more")
        return sheet.due + more
    except (ValueError, OverflowError):
        raise RosterError(
            f"{where}: {(due or days)!r} is no time; write 2030-02-03 23:59, or days such as 2"
        ) from None
