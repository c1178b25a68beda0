"""What stands below a graded cell: the message, and the score."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat
from nbformat import NotebookNode

from autograder.course.course import Course
from autograder.judging.verdicts import ExerciseVerdict
from autograder.report.shown import for_student, replaced_notes
from helpers.checking.display import as_html, as_text
from helpers.checking.runner import CheckResult


def graded_outputs(
    course: Course,
    verdict: ExerciseVerdict,
    points: float,
    verdicts: Sequence[ExerciseVerdict] = (),
) -> list[NotebookNode]:
    """The two outputs of a graded cell: the message, and the score on its own.

    Stock nbgrader takes an ``execute_result`` that is a number for the score, and shows
    every output. Without one it would give full marks.

    Parameters
    ----------
    course : Course
    verdict : ExerciseVerdict
        What the judge says.
    points : float
        What the cell is worth in this course directory; the verdict is scaled to it.
    verdicts : sequence of ExerciseVerdict, optional
        Those on all exercises of the submission.
    """
    html, text = message(course, verdict, verdicts)
    share = verdict.points / verdict.max_points if verdict.max_points else 0.0
    score = min(points, max(0.0, round(share * points, 6)))
    return [
        nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": text}),
        nbformat.v4.new_output("execute_result", {"text/plain": repr(score)}, execution_count=1),
    ]


def message(
    course: Course, verdict: ExerciseVerdict, verdicts: Sequence[ExerciseVerdict] = ()
) -> tuple[str, str]:
    """What the student and the grader read below a check cell, as HTML and as text."""
    exercise = course.find(verdict.exercise)
    results = [for_student(result) for result in verdict.checks]
    if not results:
        results = [CheckResult(f"{exercise.id}/graded", exercise.id, 0.0, "error",
                               problem=verdict.message)]  # fmt: skip
    note = " ".join(replaced_notes(verdict, verdicts, course)).replace("`", "")
    html = as_html(exercise, results, in_full=True) + (f"<div>{note}</div>" if note else "")
    text = "\n".join(filter(None, [as_text(exercise, results, in_full=True), note]))
    return html, text
