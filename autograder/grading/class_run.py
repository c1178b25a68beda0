"""A whole class: each submission graded in a process of its own, and all of it kept."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from autograder.course.course import Course, find_course
from autograder.course.extensions import load
from autograder.grading.store import FRESH, Place, keep, prepare, stored, with_kept
from autograder.grading.submission import RETRAINING, grade_submission, unreadable
from autograder.grading.workers import Ended, run_jobs
from autograder.intake.submissions import Submission
from autograder.judging.verdicts import SubmissionResult
from autograder.sandbox.box import Sandbox
from autograder.sandbox.speed import limits_here
from autograder.sandbox.time_limits import TimeLimits
from helpers.checking.catalogue import Exercise
from helpers.errors import ExerciseError

OVERHEAD_SECONDS = 30.0  # after a submission's time: what goes on is judged, and says so, in a few
PAGE_SECONDS = 30.0
NOT_SHOWN = "your own texts and pictures could not be shown on this page"


class Publisher(Protocol):
    """What makes pages of results; it goes along to the processes that grade."""

    def student_page(self, result: SubmissionResult, path: Path) -> None:
        """Write the page that a student gets; raise whatever stands in the way."""

    def class_tables(self, results: Sequence[SubmissionResult], out: Path, pages: dict) -> None:
        """Write what there is over the whole class; ``pages`` are links, by student."""


@dataclass(frozen=True)
class Settings:
    """How a class is graded.

    Attributes
    ----------
    out : Path
        The folder to write into.
    workers : int
        Submissions graded at a time.
    only : tuple of str
        Exercises to grade; all where it is empty.
    sandbox : bool
        Whether students' code runs in the sandbox.
    seed : int or None
        The seed for all submissions; by default each draws its own.
    limits : TimeLimits, optional
        How long a student's code may take; by default what the course says of this machine.
    retrain : bool
        Whether files that were handed in are made anew with the students' functions.
    again : str
        What becomes of earlier results: see :func:`autograder.grading.store.prepare`.
    course : Course
        By default that of :func:`autograder.course.course.find_course`.
    publisher : Publisher, optional
        Makes pages and tables of the results; none by default.
    """

    out: Path
    workers: int = 1
    only: tuple[str, ...] = ()
    sandbox: bool = True
    seed: int | None = None
    limits: TimeLimits | None = None
    retrain: bool = False
    again: str = FRESH
    course: Course = field(default_factory=find_course)
    publisher: Publisher | None = None


class Stopped(KeyboardInterrupt):
    """Somebody pressed Ctrl-C; what was graded until then is written."""


def grade_class(
    submissions: Sequence[Submission],
    settings: Settings,
    on_done: Callable[[SubmissionResult], None] | None = None,
    on_start: Callable[[], object] | None = None,
) -> list[SubmissionResult]:
    """Grade every submission, keep the results, and let ``settings.publisher`` make pages of them.

    ``on_start`` is called when nothing stands in the way any more, ``on_done`` with each result.
    Results are rows here (:meth:`SubmissionResult.row`): texts are in the students' files.

    Each submission is graded by a process of its own, which has the time that its limits
    give and a little more; one that dies or takes longer is one row of status ``error``.

    Raises
    ------
    SandboxError
        Grading is to run in the sandbox, and this machine allows none.
    CourseDirectoryError
        The folder to write into cannot be made, not be written to, or holds something already.
    ExerciseError
        An id in ``settings.only`` is no exercise, or a person grades all of them.
    Stopped
        Somebody pressed Ctrl-C. What was graded until then is written.
    """
    course = settings.course
    _refuse_written([course.find(exercise_id) for exercise_id in settings.only])
    if settings.sandbox:
        prove_sandbox(course)
    settings = _with_limits(settings)
    students = [one.student for one in submissions]
    places = prepare(settings.out, students, settings.again)
    if on_start:
        on_start()
    graded = _run_all(submissions, settings, places, on_done)
    now = {places[index]: graded[index] for index in sorted(graded)}
    results = _with_class_notes(course, with_kept(settings.out, now))
    in_order = sorted(results.values(), key=lambda result: result.student)
    if settings.publisher:
        links = {r.student: f"feedback/{place.page.name}" for place, r in results.items()}
        settings.publisher.class_tables(in_order, settings.out, links)
    if len(graded) < len(submissions):
        raise Stopped(f"stopped; what was graded until then is in {settings.out}")
    names = {result.student for result in graded.values()}
    return [result for result in in_order if result.student in names]


def grade_apart(submission: Submission, settings: Settings) -> SubmissionResult:
    """Grade one submission in a process of its own, with its limits; write nothing.

    What its answers make the judge do, it does there: memory and time that they cost are
    lost to nobody else. The result has no pictures.

    Raises
    ------
    SandboxError
        Grading is to run in the sandbox, and this machine allows none.
    """
    if settings.sandbox:
        prove_sandbox(settings.course)
    settings = _with_limits(settings)
    (ended,) = run_jobs(
        _grade_and_send,
        [(submission, settings)],
        workers=1,
        seconds=_seconds(settings),
        finish_seconds=PAGE_SECONDS,
    )
    return ended.result or _no_verdict(submission, ended.problem, settings)


def class_notes(course: Course, results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    """The results with what the course notices over a whole class, such as copied files."""
    if not course.class_notes:
        return list(results)
    return load(course, course.class_notes)(results)


def prove_sandbox(course: Course) -> None:
    """Start a sandbox and stop it again, to know before the first submission that it works.

    Raises
    ------
    SandboxError
        It does not.
    """
    with Sandbox(course) as sandbox:
        sandbox.begin()


def _with_limits(settings: Settings) -> Settings:
    """The same with the limits of this machine, which is measured once and not by every worker."""
    return replace(settings, limits=settings.limits or limits_here(settings.course))


def _with_class_notes(
    course: Course, results: Mapping[Place, SubmissionResult]
) -> dict[Place, SubmissionResult]:
    after = dict(zip(results, class_notes(course, list(results.values())), strict=True))
    for place, result in after.items():
        if result is not results[place]:
            _keep_concerns(result, place)
    return after


def _keep_concerns(row: SubmissionResult, place: Place) -> None:
    """Add to a student's file what was noticed: the file holds much that a row does not."""
    concerns = {verdict.exercise: verdict.concerns for verdict in row.verdicts}
    whole = stored(place)
    verdicts = tuple(replace(v, concerns=concerns[v.exercise]) for v in whole.verdicts)
    keep(replace(whole, verdicts=verdicts), replace(place, update=False))


def _refuse_written(wanted: Sequence[Exercise]) -> None:
    if wanted and not any(exercise.functions or exercise.file for exercise in wanted):
        raise ExerciseError(
            f"exercise {wanted[0].id} ({wanted[0].title}) is a written answer, which a person "
            "grades; name one that a machine checks"
        )


def _run_all(
    submissions: Sequence[Submission],
    settings: Settings,
    places: Sequence[Place],
    on_done: Callable[[SubmissionResult], None] | None,
) -> dict[int, SubmissionResult]:
    """Rows by the positions of their submissions; not all, where somebody stopped it."""
    results: dict[int, SubmissionResult] = {}
    jobs = [(one, settings, place) for one, place in zip(submissions, places, strict=True)]
    ends = run_jobs(
        _grade_one,
        jobs,
        workers=settings.workers,
        seconds=_seconds(settings),
        finish_seconds=PAGE_SECONDS,
    )
    with (
        closing(ends),
        suppress(KeyboardInterrupt),
    ):  # results of those not graded by then are missing
        for ended in ends:
            submission, place = submissions[ended.index], places[ended.index]
            results[ended.index] = _accounted_for(ended, submission, settings, place)
            if on_done:
                on_done(results[ended.index])
    return results


def _seconds(settings: Settings) -> float:
    """How long the process of one submission may take until its result."""
    more = RETRAINING.submission if settings.retrain else 0.0
    return settings.limits.whole + OVERHEAD_SECONDS * settings.limits.slower + more


def _accounted_for(
    ended: Ended, submission: Submission, settings: Settings, place: Place
) -> SubmissionResult:
    """What a process sent, or a row that says that it sent nothing."""
    if ended.problem:
        result = keep(_no_verdict(submission, ended.problem, settings), place)
        _write_page(result, settings, place)
        return result
    if not ended.finished:  # the verdicts stand; only the page could not be written
        _write_page((stored(place) or ended.result).without_texts(NOT_SHOWN), settings, place)
    return ended.result.row()


def _grade_one(
    send: Callable[[SubmissionResult], None],
    submission: Submission,
    settings: Settings,
    place: Place,
) -> None:
    """The work of one process: grade one submission, send the result, write its page."""
    result = keep(_graded(submission, settings), place)
    send(result.row())
    _write_page(result, settings, place)


def _grade_and_send(
    send: Callable[[SubmissionResult], None], submission: Submission, settings: Settings
) -> None:
    send(_graded(submission, settings).without_pictures())


def _graded(submission: Submission, settings: Settings) -> SubmissionResult:
    try:
        result = grade_submission(
            submission.paths,
            submission.student,
            course=settings.course,
            seed=settings.seed,
            sandbox=settings.sandbox,
            only=settings.only or None,
            limits=settings.limits,
            retrain=settings.retrain,
        )
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}, line {last.lineno}"
        reason = f"the grader itself failed: {type(error).__name__}: {error} ({place})"
        return _no_verdict(submission, reason[:300], settings)
    return _noted(result, submission)


def _no_verdict(submission: Submission, reason: str, settings: Settings) -> SubmissionResult:
    result = unreadable(
        submission.student, reason, settings.course, sandbox=settings.sandbox, only=settings.only
    )
    return _noted(result, submission)


def _noted(result: SubmissionResult, submission: Submission) -> SubmissionResult:
    """A result with what is known of its submission beside what was handed in."""
    note = (submission.note,) if submission.note else ()
    if submission.earlier:
        count = len(submission.earlier) + 1
        note = (*note, f"this is the newest of {count} attempts; the others were not graded")
    time = submission.time.isoformat() if submission.time else ""
    return replace(result, remarks=(*note, *result.remarks), person=submission.person,
                   handed_in=time, late=submission.late)  # fmt: skip


def _write_page(result: SubmissionResult, settings: Settings, place: Place) -> None:
    """Write a student's page; where their own texts cannot be shown, without these."""
    if settings.publisher is None:
        return
    try:
        settings.publisher.student_page(result, place.page)
    except Exception:
        settings.publisher.student_page(result.without_texts(NOT_SHOWN), place.page)
