"""What each person has reached on each sheet: by machine and by hand, less what lateness takes.

What nobody has judged yet is never a zero: it is counted as waiting, and the sum is open till then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from autograder.course.course import Course
from autograder.course.sheets import Sheet
from autograder.intake.roster import Person
from autograder.judging.verdicts import SubmissionResult
from autograder.marks.by_hand import Given, row_of
from helpers.errors import RosterError

Extensions = Mapping[tuple[str, str], datetime]
"""Due times of single people, by key and sheet."""


@dataclass(frozen=True)
class SheetMark:
    """What one person has for one sheet.

    Attributes
    ----------
    sheet : str
    machine, people : float
        Points that a machine gave, and that people gave.
    maximum : float
        What both can be together.
    waiting : int
        Answers that nobody has judged yet.
    handed_in : datetime, optional
        When it came; ``None`` where nothing tells, or nothing came.
    there : bool
        Whether anything was handed in.
    late_by : timedelta
        How long after the due time, extensions counted in.
    kept : float
        The share of the points that lateness leaves.
    note : str
        What a person should know, such as a late mark without a time.
    """

    sheet: str
    machine: float = 0.0
    people: float = 0.0
    maximum: float = 0.0
    waiting: int = 0
    handed_in: datetime | None = None
    there: bool = True
    late_by: timedelta = timedelta()
    kept: float = 1.0
    note: str = ""

    @property
    def lost(self) -> float:
        """Points that lateness took of those given so far."""
        return round((self.machine + self.people) * (1 - self.kept), 2)

    @property
    def points(self) -> float | None:
        """The points; ``None`` while something waits."""
        if self.waiting and self.kept:
            return None
        return round((self.machine + self.people) * self.kept, 2)


@dataclass(frozen=True)
class Marks:
    """What one person has in all."""

    person: Person
    sheets: tuple[SheetMark, ...]
    weights: tuple[float, ...]

    @property
    def total(self) -> float | None:
        """The weighted sum; ``None`` while something waits."""
        points = [mark.points for mark in self.sheets]
        if None in points:
            return None
        return round(sum(p * w for p, w in zip(points, self.weights, strict=True)), 2)

    @property
    def waiting(self) -> int:
        """Answers that nobody has judged yet."""
        return sum(mark.waiting for mark in self.sheets)


def class_marks(
    course: Course,
    results: Sequence[SubmissionResult],
    people: Sequence[Person],
    given: Mapping[tuple[str, str], Given],
    *,
    extensions: Extensions | None = None,
    sheets: Sequence[Sheet] | None = None,
    now: datetime | None = None,
) -> list[Marks]:
    """The marks of everybody, in the order of the roster.

    Parameters
    ----------
    course : Course
    results : sequence of SubmissionResult
        What grading kept; of one person there may be several, for different sheets.
    people : sequence of Person
        The class; who handed in and is not among them is added.
    given : mapping
        What people gave, by student and answer: see :mod:`autograder.marks.by_hand`.
    extensions : mapping, optional
        Due times of single people.
    sheets : sequence of Sheet, optional
        By default all of the course.
    now : datetime, optional
        A sheet that is not due yet waits for whoever has handed in nothing.

    Raises
    ------
    RosterError
        One person has two results for one sheet, and nothing tells which counts.
    """
    extensions = extensions or {}
    sheets = course.sheets if sheets is None else sheets
    now = now or datetime.now().astimezone()
    by_person = _by_person(results)
    everybody = {person.key: person for person in people}
    for key, theirs in by_person.items():
        everybody.setdefault(key, Person(key, theirs[0].student))
    return [
        Marks(
            person,
            tuple(
                _sheet_mark(
                    course, sheet, by_person.get(key, []), given, now,
                    extensions.get((key, sheet.name), sheet.due),
                )
                for sheet in sheets
            ),
            tuple(sheet.weight for sheet in sheets),
        )
        for key, person in everybody.items()
    ]  # fmt: skip


def lateness(
    course: Course, result: SubmissionResult, extensions: Extensions | None = None
) -> list[tuple[Sheet, timedelta, float]]:
    """The sheets that came late: how late, and the share of the points that this leaves."""
    found = []
    for sheet in course.sheets:
        due = (extensions or {}).get((result.person or result.student, sheet.name), sheet.due)
        late_by = _late_by(result, due)
        if late_by and _concerns(result, sheet):
            found.append((sheet, late_by, sheet.late.kept(late_by)))
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


def _late_by(result: SubmissionResult, due: datetime | None) -> timedelta:
    if not (due and result.handed_in):
        return timedelta()
    return max(timedelta(), datetime.fromisoformat(result.handed_in) - due)


def _by_person(results: Iterable[SubmissionResult]) -> dict[str, list[SubmissionResult]]:
    found: dict[str, list[SubmissionResult]] = {}
    for result in results:
        found.setdefault(result.person or result.student, []).append(result)
    return found


def _sheet_mark(
    course: Course,
    sheet: Sheet,
    theirs: Sequence[SubmissionResult],
    given: Mapping[tuple[str, str], Given],
    now: datetime,
    due: datetime | None,
) -> SheetMark:
    result = _counts(sheet, [one for one in theirs if _concerns(one, sheet)])
    maximum = sheet_maximum(course, sheet)
    if result is None:
        is_over = due is None or now > due
        return SheetMark(sheet.name, maximum=maximum, waiting=0 if is_over else 1, there=False,
                         note="nothing was handed in" if is_over else "not due yet")  # fmt: skip
    machine = people = 0.0
    waiting = 0
    for answer in _answers(result, sheet):
        row = row_of(result, answer)
        by_hand = given.get((row.student, row.answer))
        if by_hand is not None and by_hand.counts_for(row):
            people += by_hand.points
        elif row.waits:
            waiting += 1
        else:
            machine += row.points
    handed_in = datetime.fromisoformat(result.handed_in) if result.handed_in else None
    late_by = _late_by(result, due)
    note = ""
    if result.late and not handed_in:
        note = "the platform calls it late and tells no time: look, and set an extension"
    elif due and not handed_in:
        note = "nothing tells when it was handed in"
    return SheetMark(sheet.name, machine, people, maximum, waiting, handed_in, True, late_by,
                     sheet.late.kept(late_by), note)  # fmt: skip


def _answers(result: SubmissionResult, sheet: Sheet) -> list:
    verdicts = [verdict for verdict in result.verdicts if verdict.notebook in sheet.notebooks]
    written = [answer for answer in result.written if answer.notebook in sheet.notebooks]
    return [*verdicts, *written]


def _concerns(result: SubmissionResult, sheet: Sheet) -> bool:
    return bool(_answers(result, sheet))


def _counts(sheet: Sheet, results: Sequence[SubmissionResult]) -> SubmissionResult | None:
    """The newest of the results of one person for one sheet."""
    if len(results) < 2:
        return results[0] if results else None
    if not all(result.handed_in for result in results):
        raise RosterError(
            f"{results[0].student} has {len(results)} results for {sheet.name}, and nothing tells "
            "which is the newest; name one folder of results"
        )
    return max(results, key=lambda result: datetime.fromisoformat(result.handed_in))


def sheet_maximum(course: Course, sheet: Sheet) -> float:
    """The points of a sheet, as the notebooks say."""
    from autograder.course.points import cell_points

    points = cell_points(course)
    inside = [e for e in course.exercises if e.notebook in sheet.notebooks]
    ids = [name for e in inside for name in (e.check_id, *e.written)]
    return round(sum(points.get(name, 0.0) for name in ids), 2)
