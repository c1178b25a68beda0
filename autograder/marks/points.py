"""What each person has reached on each sheet: by machine and by hand, less what lateness takes.

What nobody has judged yet is never a zero: it is counted as waiting, and the sum is open till then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from autograder.course.course import Course
from autograder.course.points import cell_points
from autograder.course.sheets import Sheet
from autograder.intake.roster import Person
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult
from autograder.marks.by_hand import AllGiven, points_given, row_of
from autograder.marks.late import Extensions, answers_to, due_for, late_by
from helpers.errors import RosterError


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
    given: AllGiven,
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
        One person has two results for one sheet, and nothing tells which counts; or more points
        were given than can be had.
    """
    sheets = course.sheets if sheets is None else sheets
    now = now or datetime.now().astimezone()
    by_person = _by_person(results)
    known = {person.key: person for person in people}
    strangers = [r for key, theirs in by_person.items() if key not in known for r in theirs]
    everybody = {**known}
    for key, theirs in by_person.items():
        everybody.setdefault(key, Person(key, theirs[0].student))
    why_open = {sheet.name: _why_open(sheet, results, strangers, bool(people)) for sheet in sheets}
    found = []
    for key, person in everybody.items():
        marks = []
        for sheet in sheets:
            due = due_for(sheet, key, extensions or {})
            theirs = [one for one in by_person.get(key, []) if answers_to(one, sheet)]
            mark = (
                _mark(course, sheet, _newest(sheet, theirs), given, due)
                if theirs
                else _nothing(course, sheet, due, now, why_open[sheet.name])
            )
            if people and key not in known:
                mark = replace(mark, note=f"not on the roster; {mark.note}".strip("; "))
            marks.append(mark)
        found.append(Marks(person, tuple(marks), tuple(sheet.weight for sheet in sheets)))
    return found


def is_graded(results: Sequence[SubmissionResult], sheet: Sheet) -> bool:
    """Whether anybody has a result for a sheet."""
    return any(answers_to(result, sheet) for result in results)


def _why_open(
    sheet: Sheet,
    results: Sequence[SubmissionResult],
    strangers: Sequence[SubmissionResult],
    is_roster: bool,
) -> str:
    """Why somebody without a result may have handed in all the same, or an empty text."""
    if not is_graded(results, sheet):
        return "no result for this sheet is in these folders"
    unknown = [one.student for one in strangers if answers_to(one, sheet)]
    if is_roster and unknown:
        return f"nobody knows yet whose the work of {', '.join(unknown[:3])} is"
    return ""


def _by_person(results: Iterable[SubmissionResult]) -> dict[str, list[SubmissionResult]]:
    found: dict[str, list[SubmissionResult]] = {}
    for result in results:
        found.setdefault(result.person or result.student, []).append(result)
    return found


def _nothing(
    course: Course, sheet: Sheet, due: datetime | None, now: datetime, why_open: str
) -> SheetMark:
    """The mark of whoever has no result for a sheet."""
    is_over = due is None or now > due
    note = why_open or ("nothing was handed in" if is_over else "not due yet")
    waiting = int(bool(why_open) or not is_over)
    return SheetMark(sheet.name, maximum=sheet_maximum(course, sheet), waiting=waiting, there=False,
                     note=note)  # fmt: skip


def _mark(
    course: Course, sheet: Sheet, result: SubmissionResult, given: AllGiven, due: datetime | None
) -> SheetMark:
    machine = people = 0.0
    lacking = _not_graded(course, sheet, result)
    waiting = len(lacking)
    for answer in answers_to(result, sheet):
        row = row_of(result, answer)
        by_hand = points_given(given, row)
        if by_hand is not None:
            people += by_hand
        elif row.waits:
            waiting += 1
        else:
            machine += row.points
    late = late_by(result, due)
    kept = sheet.late.kept(late)
    handed_in = datetime.fromisoformat(result.handed_in) if result.handed_in else None
    notes = [f"not graded: {', '.join(lacking)}"] if lacking else []
    if result.late and not handed_in:
        notes.append("the platform calls it late and tells no time: say when it came (--times)")
    elif due and not handed_in:
        notes.append("nothing tells when it was handed in")
    return SheetMark(
        sheet.name, machine, people, sheet_maximum(course, sheet), waiting if kept else 0,
        handed_in, True, late, kept, "; ".join(notes),
    )  # fmt: skip


def _not_graded(course: Course, sheet: Sheet, result: SubmissionResult) -> list[str]:
    """The ids of exercises and answers of a sheet that a result says nothing of."""
    answers = answers_to(result, sheet)
    judged = {answer.exercise for answer in answers if isinstance(answer, ExerciseVerdict)}
    written = {getattr(answer, "grade_id", "") for answer in answers}
    inside = [e for e in course.exercises if e.notebook in sheet.notebooks]
    machine = [e.id for e in inside if (e.functions or e.file) and e.id not in judged]
    return machine + [name for e in inside for name in e.written if name not in written]


def _newest(sheet: Sheet, results: Sequence[SubmissionResult]) -> SubmissionResult:
    """The newest of the results of one person for one sheet."""
    if len(results) == 1:
        return results[0]
    if not all(result.handed_in for result in results):
        raise RosterError(
            f"{results[0].student} has {len(results)} results for {sheet.name}, and nothing tells "
            "which is the newest; name one folder of results"
        )
    return max(results, key=lambda result: datetime.fromisoformat(result.handed_in))


def sheet_maximum(course: Course, sheet: Sheet) -> float:
    """The points of a sheet, as the notebooks say."""
    points = cell_points(course)
    inside = [e for e in course.exercises if e.notebook in sheet.notebooks]
    ids = [name for e in inside for name in (e.check_id, *e.written)]
    return round(sum(points.get(name, 0.0) for name in ids), 2)
