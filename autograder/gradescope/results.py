"""Behind Gradescope: one submission becomes the file that its autograders leave behind.

Gradescope starts a container for each submission, runs a program in it, and reads
``/autograder/results/results.json``; see its "Autograder Specifications".
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.course.course import Course, find_course
from autograder.course.writing import write_whole
from autograder.grading.class_run import Settings, class_notes, grade_apart
from autograder.intake.submissions import Submission
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult
from autograder.report.shown import lead, replaced_notes, shown_check
from autograder.report.text import clean, cut
from helpers.checking.display import for_reading
from helpers.checking.statuses import STATUSES
from helpers.errors import CourseDirectoryError, SubmissionError

MAX_TEXT = 20_000  # characters of one exercise
MAX_REMARKS = 30
UNSANDBOXED = (
    "Graded without the sandbox: this code ran beside the grader and could have changed its result."
)


def grade_for_gradescope(
    submission: Path,
    results: Path,
    *,
    only: Sequence[str] = (),
    sandbox: bool = True,
    course: Course | None = None,
) -> SubmissionResult:
    """Grade one submission and write what Gradescope reads.

    Nothing is written where grading could not be done: Gradescope then says that the autograder
    failed, which is nobody's grade.

    Parameters
    ----------
    submission : Path
        The folder of what one student handed in.
    results : Path
        The file to write.
    only : sequence of str
        Ids of the exercises to grade; all where it is empty.
    sandbox : bool
        Whether the student's code runs in the sandbox.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.

    Returns
    -------
    SubmissionResult

    Raises
    ------
    SandboxError
        It should, and this machine allows none.
    SubmissionError
        There is no such folder.
    CourseDirectoryError
        The file cannot be written.
    ExerciseError
        An id in `only` is no exercise.
    """
    if not submission.is_dir():
        raise SubmissionError(
            f"{submission} is no folder; name the folder that holds what the student handed in"
        )
    results.unlink(missing_ok=True)
    course = course or find_course()
    settings = Settings(results.parent, only=tuple(only), sandbox=sandbox, course=course)
    (result,) = class_notes(course, [grade_apart(Submission("submission", submission), settings)])
    _write(results, as_gradescope(result, course))
    return result


def as_gradescope(result: SubmissionResult, course: Course) -> dict[str, Any]:
    """A result in Gradescope's format: a test for each exercise that a machine grades.

    Students see of each check what their feedback page would show: of hidden checks no values.

    Examples
    --------
    >>> verdict = ExerciseVerdict("2.2.2", "Softmax", "02_network", 1.0, 3.0, "partial", "one axis")
    >>> shown = as_gradescope(SubmissionResult("ada", (verdict,)), find_course())
    >>> shown["tests"][0]["number"], shown["tests"][0]["score"], shown["tests"][0]["status"]
    ('2.2.2', 1.0, 'failed')
    """
    return {
        "execution_time": round(result.wall_seconds),
        "output": _text(_overview(result)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(verdict, result.verdicts, course) for verdict in result.verdicts],
        "extra_data": {"seed": result.seed, "sandboxed": result.sandboxed},
    }


def for_the_instructor(result: SubmissionResult) -> list[str]:
    """Lines that only the instructor should see: Gradescope shows the output to nobody else."""
    lines = [
        f"{verdict.exercise}: {clean(concern)}"
        for verdict in result.verdicts
        for concern in verdict.concerns
    ]
    lines += [
        f"{verdict.exercise}: no verdict: {clean(verdict.message)}"
        for verdict in result.verdicts
        if verdict.status == "error"
    ]
    return [" ".join(line.split()) for line in lines]


def _test(
    verdict: ExerciseVerdict, verdicts: Sequence[ExerciseVerdict], course: Course
) -> dict[str, Any]:
    return {
        "number": verdict.exercise,
        "name": f"{verdict.exercise} {verdict.title}",
        "score": float(verdict.points),
        "max_score": float(verdict.max_points),
        "status": "passed" if verdict.status == "pass" else "failed",
        "output": _text(_lines(verdict, verdicts, course)),
    }


def _lines(
    verdict: ExerciseVerdict, verdicts: Sequence[ExerciseVerdict], course: Course
) -> list[str]:
    checks = () if verdict.status == "missing" else verdict.checks
    shown = [shown_check(check) for check in for_reading(checks)]
    lines = [] if lead(verdict) in {check.problem for check in shown} else [lead(verdict)]
    lines += replaced_notes(verdict, verdicts, course)
    for check in shown:
        hidden = "" if check.public else " (hidden check)"
        sign = STATUSES[check.status].plain
        lines.append(f"{sign} {check.name}{hidden}: {check.earned:g} of {check.points:g}")
        told = [check.problem, f"Likely cause: {check.diagnosis}." if check.diagnosis else ""]
        told += [f"{name}: {text}" for name, text in check.evidence]
        told += [f"Hint: {check.hint}" if check.hint else ""]
        lines += [f"    {line}" for text in told if text for line in text.splitlines()]
    return lines


def _overview(result: SubmissionResult) -> list[str]:
    lines = [f"{result.points:g} of {result.max_points:g} points for what a machine checks."]
    written = sum(answer.max_points for answer in result.written)
    if written:
        lines.append(f"Up to {written:g} more are given by hand, for the answers in prose.")
    if not result.sandboxed:
        lines.append(UNSANDBOXED)
    if result.remarks:
        lines += ["Noticed in what was handed in:"]
        lines += [f"- {remark}" for remark in result.remarks[:MAX_REMARKS]]
    return lines


def _text(lines: Sequence[str]) -> str:
    return cut("\n".join(clean(line) for line in lines), MAX_TEXT)


def _write(path: Path, content: dict[str, Any]) -> None:
    try:
        write_whole(path, json.dumps(content, indent=1, allow_nan=False))
    except OSError as error:
        raise CourseDirectoryError(
            f"{path} cannot be written ({error.strerror}); name a file in a folder that can"
        ) from error
