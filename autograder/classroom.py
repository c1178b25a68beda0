"""A whole class: find the submissions, grade each in a process of its own, write it all down."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from autograder.grading import grade_submission, unreadable
from autograder.intake import is_archive, student_name
from autograder.report import (
    write_feedback,
    write_grades_csv,
    write_json,
    write_report,
)
from autograder.results import SubmissionResult
from autograder.sandbox import Sandbox
from helpers.errors import CourseDirectoryError, SubmissionError
from helpers.exercises import find_exercise

SUBMISSION_SECONDS = 300.0
FEEDBACK_SECONDS = 60.0


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
    """

    out: Path
    workers: int = 1
    only: tuple[str, ...] = ()
    sandbox: bool = True
    seed: int | None = None


@dataclass(frozen=True)
class Submission:
    """One student's name and where their work lies."""

    student: str
    path: Path


def find_submissions(folder: Path) -> list[Submission]:
    """The submissions in a folder: each folder, archive or notebook in it is one.

    Raises
    ------
    SubmissionError
        The folder is not there, is no folder, or holds nothing.
    """
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise SubmissionError(
            f"{folder} {what}; give a folder that holds one folder or archive per student"
        )
    found = [
        Submission(student_name(path), path)
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".") and not (path.is_file() and _is_stray(path))
    ]
    if not found:
        raise SubmissionError(
            f"{folder} holds no submission; put one folder or archive per student there"
        )
    return _with_unique_names(found)


def grade_class(
    submissions: Sequence[Submission],
    settings: Settings,
    on_done: Callable[[SubmissionResult], None] | None = None,
) -> list[SubmissionResult]:
    """Grade every submission and write grades, feedback and report.

    Each submission is graded by a process of its own, which may take
    :data:`SUBMISSION_SECONDS`; one that dies or takes longer is one row of status ``error``.

    Raises
    ------
    SandboxError
        Grading is to run in the sandbox, and this machine allows none.
    CourseDirectoryError
        The folder to write into cannot be made.
    ExerciseError
        An id in ``settings.only`` is no exercise.
    """
    for exercise_id in settings.only:
        find_exercise(exercise_id)
    if settings.sandbox:
        prove_sandbox()
    folders = _prepare(settings.out)
    results = _run_all(submissions, settings, folders, on_done)
    results.sort(key=lambda result: result.student)
    links = {result.student: f"feedback/{_file(result.student)}.html" for result in results}
    write_grades_csv(results, settings.out / "grades.csv")
    write_report(results, settings.out / "report.html", feedback_links=links)
    return results


def prove_sandbox() -> None:
    """Start a sandbox and stop it again, to know before the first submission that it works.

    Raises
    ------
    SandboxError
        It does not.
    """
    with Sandbox() as sandbox:
        sandbox.begin()


def _is_stray(path: Path) -> bool:
    """A loose file that nobody meant as a submission, such as a list of names."""
    return path.suffix.lower() in (".csv", ".md", ".html", ".json") and not is_archive(path)


def _with_unique_names(found: list[Submission]) -> list[Submission]:
    seen: dict[str, int] = {}
    unique = []
    for submission in found:
        count = seen[submission.student] = seen.get(submission.student, 0) + 1
        name = submission.student if count == 1 else f"{submission.student} ({count})"
        unique.append(Submission(name, submission.path))
    return unique


def _prepare(out: Path) -> dict[str, Path]:
    folders = {name: out / name for name in ("students", "feedback")}
    try:
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CourseDirectoryError(
            f"cannot write to {out} ({error.strerror}); name a folder with --out"
        ) from None
    return folders


def _file(student: str) -> str:
    """A student's name as the name of a file: nothing in it is a path."""
    kept = "".join(c if c.isalnum() or c in "-_. @+()" else "_" for c in student).strip(". ")
    kept = kept.encode("utf-8")[:120].decode("utf-8", "ignore")
    return kept or "student"


def _run_all(
    submissions: Sequence[Submission],
    settings: Settings,
    folders: dict[str, Path],
    on_done: Callable[[SubmissionResult], None] | None,
) -> list[SubmissionResult]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["autograder.classroom", "autograder.warm"])
    waiting = list(reversed(submissions))
    running: dict[BaseProcess, tuple[Submission, float, object]] = {}
    results: list[SubmissionResult] = []
    try:
        while waiting or running:
            while waiting and len(running) < max(1, settings.workers):
                submission = waiting.pop()
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(
                    target=_grade_one, args=(submission, settings, folders, sender)
                )
                process.start()
                sender.close()
                running[process] = (submission, time.monotonic() + SUBMISSION_SECONDS, receiver)
            wait([receiver for _, _, receiver in running.values()], timeout=0.5)
            for process in [p for p in running if _is_over(p, *running[p][1:])]:
                submission, _, receiver = running.pop(process)
                result = _result_of(process, submission, receiver, settings, folders)
                results.append(result)
                if on_done:
                    on_done(result)
    finally:
        for process in running:
            process.kill()
    return results


def _is_over(process: BaseProcess, deadline: float, receiver) -> bool:
    return receiver.poll() or not process.is_alive() or time.monotonic() > deadline


def _result_of(
    process: BaseProcess, submission: Submission, receiver, settings: Settings, folders
) -> SubmissionResult:
    """What a worker sent, or a row that says that it sent nothing."""
    result: SubmissionResult | str
    try:
        result = receiver.recv() if receiver.poll() else "grading took too long and was stopped"
    except (EOFError, OSError):
        result = "the process that graded this submission died"
    receiver.close()
    if isinstance(result, str):
        process.kill()
        process.join()
        result = _no_verdict(submission, result, settings)
        _write_json(result, folders)
        _write_feedback(result, folders)
        return result
    process.join(FEEDBACK_SECONDS)
    if process.exitcode != 0:  # the verdicts stand; only the page could not be written
        process.kill()
        _write_feedback(_without_texts(result), folders)
    return result


def _grade_one(submission: Submission, settings: Settings, folders, sender) -> None:
    """The whole life of a worker: grade one submission, send the result, write its page."""
    try:
        result = grade_submission(
            submission.path,
            submission.student,
            seed=settings.seed,
            sandbox=settings.sandbox,
            only=settings.only or None,
        )
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}, line {last.lineno}"
        reason = f"the grader itself failed: {type(error).__name__}: {error} ({place})"
        result = _no_verdict(submission, reason[:300], settings)
    _write_json(result, folders)
    sender.send(result)
    sender.close()
    _write_feedback(result, folders)


def _no_verdict(submission: Submission, reason: str, settings: Settings) -> SubmissionResult:
    return unreadable(
        submission.student, reason, sandbox=settings.sandbox, only=settings.only or None
    )


def _write_json(result: SubmissionResult, folders: dict[str, Path]) -> None:
    write_json(result, folders["students"] / f"{_file(result.student)}.json")


def _write_feedback(result: SubmissionResult, folders: dict[str, Path]) -> None:
    """Write a student's page; where their own texts cannot be shown, without these."""
    path = folders["feedback"] / f"{_file(result.student)}.html"
    try:
        write_feedback(result, path)
    except Exception:
        write_feedback(_without_texts(result), path)


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
