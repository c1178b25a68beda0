"""How late something came, by due times and extensions, and what that leaves of its points."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from autograder.course.course import Course
from autograder.course.sheets import Sheet
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, WrittenAnswer

Extensions = Mapping[tuple[str, str], datetime]
"""Due times of single people, by key and sheet."""


def due_for(sheet: Sheet, key: str, extensions: Extensions) -> datetime | None:
    """When a sheet is due for somebody: an extension never takes time away."""
    more = extensions.get((key, sheet.name))
    return max(more, sheet.due) if more and sheet.due else more or sheet.due


def late_by(result: SubmissionResult, due: datetime | None) -> timedelta:
    """How long after the due time it came; nothing where nothing tells."""
    if not (due and result.handed_in):
        return timedelta()
    return max(timedelta(), datetime.fromisoformat(result.handed_in) - due)


def answers_to(result: SubmissionResult, sheet: Sheet) -> list[ExerciseVerdict | WrittenAnswer]:
    """What a result holds of a sheet."""
    return [a for a in (*result.verdicts, *result.written) if a.notebook in sheet.notebooks]


def lateness(
    course: Course, result: SubmissionResult, extensions: Extensions | None = None
) -> list[tuple[Sheet, timedelta, float]]:
    """The sheets that came late: how late, and the share of the points that this leaves."""
    found = []
    for sheet in course.sheets:
        due = due_for(sheet, result.person or result.student, extensions or {})
        late = late_by(result, due)
        if late and answers_to(result, sheet):
            found.append((sheet, late, sheet.late.kept(late)))
    return found


def duration(time: timedelta) -> str:
    """A time span for people to read.

    Examples
    --------
    >>> [duration(timedelta(minutes=minutes)) for minutes in (0.5, 5, 120, 1561)]
    ['under a minute', '5 min', '2 h', '26 h 1 min']
    """
    hours, minutes = divmod(int(time.total_seconds() // 60), 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    return " ".join(parts) or "under a minute"
