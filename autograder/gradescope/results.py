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
from helpers.checking.display import first_to_mend, for_reading
from helpers.checking.runner import CheckResult
from helpers.checking.statuses import STATUSES
from helpers.errors import CourseDirectoryError, SubmissionError

MAX_TEXT = 20_000  # characters of one exercise
MAX_REMARKS = 30
VISIBILITIES = ("after_due_date", "after_published", "hidden", "visible")
"""When students see what hidden checks say; the first is the default."""
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
    hidden_checks: str = VISIBILITIES[0],
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
    hidden_checks : str
        One of :data:`VISIBILITIES`.

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
    _write(results, as_gradescope(result, course, hidden_checks))
    return result


def as_gradescope(
    result: SubmissionResult, course: Course, hidden_checks: str = VISIBILITIES[0]
) -> dict[str, Any]:
    """A result in Gradescope's format: a test for each exercise that a machine grades.

    Students see of each check what their feedback page would show: of hidden checks no values.
    The hidden checks of an exercise are a test of their own, unless they are as visible as all
    else: by their names, their points and the total a class would know them before it is due.

    Parameters
    ----------
    result : SubmissionResult
    course : Course
    hidden_checks : str
        When students see the tests of hidden checks: one of :data:`VISIBILITIES`.

    Examples
    --------
    >>> verdict = ExerciseVerdict("2.2.2", "Softmax", "02_network", 1.0, 3.0, "partial", "one axis")
    >>> shown = as_gradescope(SubmissionResult("ada", (verdict,)), find_course())
    >>> shown["tests"][0]["number"], shown["tests"][0]["score"], shown["tests"][0]["status"]
    ('2.2.2', 1.0, 'failed')
    """
    whole = hidden_checks == "visible"
    tests = []
    for verdict in result.verdicts:
        hidden = () if whole else _hidden(verdict)
        tests.append(_test(verdict, hidden, result.verdicts, course))
        if hidden:
            tests.append(_test_of_hidden(verdict, hidden, result.verdicts, course, hidden_checks))
    return {
        "execution_time": round(result.wall_seconds),
        "output": _text(_overview(result, whole)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
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


def _hidden(verdict: ExerciseVerdict) -> tuple[CheckResult, ...]:
    return tuple(check for check in verdict.checks if not check.public)


def _earned(checks: Sequence[CheckResult]) -> float:
    return float(sum(check.points for check in checks if check.status == "pass"))


def _test(
    verdict: ExerciseVerdict,
    hidden: Sequence[CheckResult],
    verdicts: Sequence[ExerciseVerdict],
    course: Course,
) -> dict[str, Any]:
    """An exercise, without those of its checks that are a test of their own."""
    rest = [check for check in verdict.checks if check not in hidden]
    lines = _lines(verdict, rest, () if hidden else replaced_notes(verdict, verdicts, course))
    score = float(verdict.points) - _earned(hidden)
    most = float(verdict.max_points) - sum(check.points for check in hidden)
    return {
        "number": verdict.exercise,
        "name": f"{verdict.exercise} {verdict.title}",
        **_scored(score, most),
        "output": _text(lines),
    }


def _test_of_hidden(
    verdict: ExerciseVerdict,
    hidden: Sequence[CheckResult],
    verdicts: Sequence[ExerciseVerdict],
    course: Course,
    visibility: str,
) -> dict[str, Any]:
    """The hidden checks of an exercise. What stood in tells of earlier ones: it is said here."""
    lines = _lines(verdict, hidden, replaced_notes(verdict, verdicts, course))
    return {
        "number": f"{verdict.exercise} (hidden)",
        "name": f"{verdict.exercise} {verdict.title}: hidden checks",
        **_scored(_earned(hidden), float(sum(check.points for check in hidden))),
        "output": _text(lines),
        "visibility": visibility,
    }


def _scored(score: float, most: float) -> dict[str, Any]:
    score, most = round(max(score, 0.0), 6), round(max(most, 0.0), 6)
    return {
        "score": score,
        "max_score": most,
        "status": "passed" if score == most else "failed",
    }


def _lines(
    verdict: ExerciseVerdict, checks: Sequence[CheckResult], notes: Sequence[str]
) -> list[str]:
    """What is said of these checks; what sums the verdict up, where it is about one of them."""
    first = first_to_mend(for_reading(verdict.checks))
    shown = [shown_check(check) for check in for_reading(checks)]
    about_these = first is None or any(check.check == first.check for check in checks)
    said = lead(verdict) in {check.problem for check in shown} or not about_these
    lines = [] if said else [lead(verdict)]
    lines += notes
    for check in () if verdict.status == "missing" else shown:
        hidden = "" if check.public else " (hidden check)"
        sign = STATUSES[check.status].plain
        lines.append(f"{sign} {check.name}{hidden}: {check.earned:g} of {check.points:g}")
        told = [check.problem, f"Likely cause: {check.diagnosis}." if check.diagnosis else ""]
        told += [f"{name}: {text}" for name, text in check.evidence]
        told += [f"Hint: {check.hint}" if check.hint else ""]
        lines += [f"    {line}" for text in told if text for line in text.splitlines()]
    return lines


def _overview(result: SubmissionResult, whole: bool) -> list[str]:
    total = f"{result.points:g} of {result.max_points:g} points for what a machine checks."
    lines = [total if whole else "Beside the checks shown here there are hidden ones."]
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
