"""A whole class: find the submissions, grade each in a process of its own, write it all down."""

from __future__ import annotations

import json
import os
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.grading.store import (
    FRESH,
    LITTER,
    Pages,
    joined,
    prepare,
    stored,
    stored_pages,
)
from autograder.grading.submission import RETRAINING, grade_submission, unreadable
from autograder.grading.workers import Ended, run_jobs
from autograder.intake.archives import LEFT_OUT, clean
from autograder.intake.files import is_submission_file, moodle_parts, student_name
from autograder.judging.verdicts import SubmissionResult, from_json
from autograder.report import (
    write_feedback,
    write_grades_csv,
    write_json,
    write_report,
    write_totals_csv,
)
from autograder.sandbox.box import Sandbox
from autograder.sandbox.time_limits import TimeLimits
from exercises.handed_network.copies import note_copies
from helpers.checking.catalogue import Exercise, find_exercise
from helpers.errors import CourseDirectoryError, ExerciseError, SubmissionError

OVERHEAD_SECONDS = 120.0  # for a submission, beside the time of the student's own code
FEEDBACK_SECONDS = 60.0
LISTS = frozenset({".csv", ".tsv", ".xlsx", ".ods", ".md", ".html", ".json", ".yml"})


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
    limits : TimeLimits
        How long a student's code may take.
    retrain : bool
        Whether networks that were handed in are trained anew with the students' functions.
    again : str
        What becomes of earlier results: see :func:`autograder.grading.store.prepare`.
    """

    out: Path
    workers: int = 1
    only: tuple[str, ...] = ()
    sandbox: bool = True
    seed: int | None = None
    limits: TimeLimits = TimeLimits()
    retrain: bool = False
    again: str = FRESH


class Stopped(KeyboardInterrupt):
    """Whoever watches had enough; what was graded until then is written."""


@dataclass(frozen=True)
class Submission:
    """One student's name and where their work lies.

    Attributes
    ----------
    more : tuple of Path
        Further folders or files of theirs.
    note : str
        What the report should say, where the name alone could mislead.
    """

    student: str
    path: Path
    more: tuple[Path, ...] = ()
    note: str = ""

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that they handed in."""
        return (self.path, *self.more)


def find_submissions(folder: Path, out: Path | None = None) -> list[Submission]:
    """The submissions in a folder: each folder, archive or notebook in it is one.

    What Moodle's names say is one student's is one submission, without the text typed there.

    Parameters
    ----------
    folder : Path
        What was collected from the class.
    out : Path, optional
        Where results go; a folder of results inside ``folder`` is no submission.

    Raises
    ------
    SubmissionError
        The folder is not there, is no folder, or holds nothing.
    CourseDirectoryError
        Results would go among the submissions.
    """
    results = os.path.realpath(out) if out else ""
    if results == os.path.realpath(folder):
        raise CourseDirectoryError(
            f"{folder} holds the submissions; results go elsewhere: name another folder with --out"
        )
    found = _by_student(
        path
        for path in _listing(folder)
        if not _is_stray(path) and os.path.realpath(path) != results
    )
    if not found:
        raise SubmissionError(
            f"{folder} holds no submission; put one folder or archive per student there"
        )
    return _with_unique_names(found)


def grade_class(
    submissions: Sequence[Submission],
    settings: Settings,
    on_done: Callable[[SubmissionResult], None] | None = None,
    on_start: Callable[[], object] | None = None,
) -> list[SubmissionResult]:
    """Grade every submission and write grades, feedback and report.

    ``on_start`` is called when nothing stands in the way any more, ``on_done`` with each result.

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
    _refuse_written([find_exercise(exercise_id) for exercise_id in settings.only])
    if settings.sandbox:
        prove_sandbox()
    pages = prepare(settings.out, [one.student for one in submissions], settings.again)
    if on_start:
        on_start()
    graded = _run_all(submissions, settings, pages, on_done)
    results = _with_earlier(settings.out, {pages[index]: graded[index] for index in sorted(graded)})
    links = {result.student: f"feedback/{page.feedback.name}" for page, result in results.items()}
    in_order = sorted(results.values(), key=lambda result: result.student)
    write_grades_csv(in_order, settings.out / "grades.csv")
    write_totals_csv(in_order, settings.out / "totals.csv")
    write_report(in_order, settings.out / "report.html", feedback_links=links)
    if len(graded) < len(submissions):
        raise Stopped(f"stopped; what was graded until then is in {settings.out}")
    now = {result.student for result in graded.values()}
    return [result for result in in_order if result.student in now]


def _with_earlier(
    out: Path, graded: Mapping[Pages, SubmissionResult]
) -> dict[Pages, SubmissionResult]:
    """All results that the folder holds now, with what was noticed over the whole class."""
    kept = {
        page: stored(page)
        for _, page in stored_pages(out)
        if page.results not in {one.results for one in graded}
    }
    before = {**graded, **{page: _for_the_report(result) for page, result in kept.items()}}
    after = dict(zip(before, note_copies(list(before.values())), strict=True))
    for page, result in after.items():
        if result is not before[page]:
            _add_concerns(result, page)
    return after


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
        prove_sandbox()
    (ended,) = run_jobs(
        _grade_and_send,
        [(submission, settings)],
        workers=1,
        seconds=_seconds(settings),
        finish_seconds=FEEDBACK_SECONDS,
    )
    return ended.result or _no_verdict(submission, ended.problem, settings)


def prove_sandbox() -> None:
    """Start a sandbox and stop it again, to know before the first submission that it works.

    Raises
    ------
    SandboxError
        It does not.
    """
    with Sandbox() as sandbox:
        sandbox.begin()


def _listing(folder: Path) -> list[Path]:
    remedy = "give a folder that holds one folder or archive per student"
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        unpack = "unpack it, and " if what == "is a file" and is_submission_file(folder) else ""
        raise SubmissionError(f"{folder} {what}; {unpack}{remedy}")
    if (folder / "helpers" / "exercises.toml").is_file():
        raise SubmissionError(f"{folder} is one student's folder, not a class; {remedy}")
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise SubmissionError(f"{folder} cannot be read ({error.strerror}); {remedy}") from None


def _is_stray(path: Path) -> bool:
    """A file that nobody meant as a submission, such as a list of names."""
    if moodle_parts(path.name)[0]:
        return False
    if path.name.startswith(".") or path.name.lower() in LITTER:
        return True
    return path.is_file() and path.suffix.lower() in LISTS and not is_submission_file(path)


def passed_over(folder: Path) -> list[str]:
    """Names in a folder that begin with a dot and could be somebody's all the same."""
    return sorted(
        clean(path.name)
        for path in _listing(folder)
        if path.name.startswith(".")
        and path.name not in LEFT_OUT
        and not path.name.startswith("._")
        and (path.is_dir() or is_submission_file(path))
    )


def _by_student(paths: Iterable[Path]) -> list[Submission]:
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(moodle_parts(path.name)[0] or str(path), []).append(path)
    found = []
    for group in groups.values():
        files = [path for path in group if moodle_parts(path.name)[1] != "onlinetext"]
        first, *more = files or group
        found.append(Submission(student_name(first), first, tuple(more)))
    return found


def _with_unique_names(found: list[Submission]) -> list[Submission]:
    taken: set[str] = set()
    unique = []
    counts = Counter(submission.student for submission in found)
    for submission in found:
        name = _not_taken(submission.student, taken)
        taken.add(name)
        alike = counts[submission.student] > 1 or name != submission.student
        note = f"{name} is what was handed in as {clean(submission.path.name)}" if alike else ""
        unique.append(replace(submission, student=name, note=note))
    return unique


def _not_taken(name: str, taken: set[str]) -> str:
    """The name itself, or the first of ``name (2)``, ``name (3)``, ... that is free."""
    count, free = 1, name
    while free in taken:
        count += 1
        free = f"{name} ({count})"
    return free


def _refuse_written(wanted: Sequence[Exercise]) -> None:
    if wanted and not any(exercise.functions or exercise.file for exercise in wanted):
        raise ExerciseError(
            f"exercise {wanted[0].id} ({wanted[0].title}) is a written answer, which a person "
            "grades; name one that a machine checks"
        )


def _run_all(
    submissions: Sequence[Submission],
    settings: Settings,
    pages: Sequence[Pages],
    on_done: Callable[[SubmissionResult], None] | None,
) -> dict[int, SubmissionResult]:
    """The results by the places of their submissions; not all, where somebody stopped it."""
    results: dict[int, SubmissionResult] = {}
    jobs = [
        (submission, settings, page) for submission, page in zip(submissions, pages, strict=True)
    ]
    ends = run_jobs(
        _grade_one,
        jobs,
        workers=settings.workers,
        seconds=_seconds(settings),
        finish_seconds=FEEDBACK_SECONDS,
    )
    with closing(ends), suppress(KeyboardInterrupt):  # whoever is not graded then is not there
        for ended in ends:
            submission, page = submissions[ended.index], pages[ended.index]
            results[ended.index] = _accounted_for(ended, submission, settings, page)
            if on_done:
                on_done(results[ended.index])
    return results


def _seconds(settings: Settings) -> float:
    """How long the process of one submission may take until its result."""
    more = RETRAINING.submission if settings.retrain else 0.0
    return settings.limits.submission + OVERHEAD_SECONDS + more


def _accounted_for(
    ended: Ended, submission: Submission, settings: Settings, page: Pages
) -> SubmissionResult:
    """What a process sent, or a row that says that it sent nothing."""
    if ended.problem:
        result = _joined(_no_verdict(submission, ended.problem, settings), page)
        write_json(result, page.results)
        _write_feedback(result, page)
        return result
    if not ended.finished:  # the verdicts stand; only the page could not be written
        _write_feedback(_without_texts(ended.result), page)
    return ended.result


def _grade_one(
    send: Callable[[SubmissionResult], None],
    submission: Submission,
    settings: Settings,
    page: Pages,
) -> None:
    """The work of one process: grade one submission, send the result, write its page."""
    result = _joined(_graded(submission, settings), page)
    write_json(result, page.results)
    send(_for_the_report(result))
    _write_feedback(result, page)


def _joined(result: SubmissionResult, page: Pages) -> SubmissionResult:
    return joined(stored(page), result) if page.update else result


def _grade_and_send(
    send: Callable[[SubmissionResult], None], submission: Submission, settings: Settings
) -> None:
    send(_for_the_report(_graded(submission, settings)))


def _graded(submission: Submission, settings: Settings) -> SubmissionResult:
    try:
        result = grade_submission(
            submission.paths,
            submission.student,
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
        submission.student, reason, sandbox=settings.sandbox, only=settings.only or None
    )
    return _noted(result, submission)


def _noted(result: SubmissionResult, submission: Submission) -> SubmissionResult:
    if not submission.note:
        return result
    return replace(result, remarks=(submission.note, *result.remarks))


def _write_feedback(result: SubmissionResult, page: Pages) -> None:
    """Write a student's page; where their own texts cannot be shown, without these."""
    try:
        write_feedback(result, page.feedback)
    except Exception:
        write_feedback(_without_texts(result), page.feedback)


def _for_the_report(result: SubmissionResult) -> SubmissionResult:
    """The same without pictures, which are large and shown to the student alone."""
    written = tuple(replace(text, attachments={}) for text in result.written)
    return replace(result, written=written, pictures=())


def _add_concerns(result: SubmissionResult, page: Pages) -> None:
    """Put what was noticed over the class into the student's file of results.

    That file also holds pictures and attachments, which are not in ``result``.
    """
    kept = from_json(json.loads(page.results.read_text(encoding="utf-8")))
    write_json(replace(kept, verdicts=result.verdicts), page.results)


def _without_texts(result: SubmissionResult) -> SubmissionResult:
    """The same verdicts without what the student wrote and drew."""
    note = "your own texts and pictures could not be shown on this page"
    return replace(
        result,
        verdicts=tuple(replace(verdict, answer="") for verdict in result.verdicts),
        written=tuple(replace(text, source="", attachments={}) for text in result.written),
        pictures=(),
        remarks=(*result.remarks, note),
    )
