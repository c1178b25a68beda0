"""Results as tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from autograder.course.writing import write_whole
from autograder.grading.store import COLUMNS
from autograder.intake.roster import Person
from autograder.intake.tables import no_formula
from autograder.judging.verdicts import SubmissionResult
from autograder.report.rendering import number
from autograder.report.text import one_line


def write_grades_csv(
    results: Iterable[SubmissionResult], path: Path, absent: Iterable[Person] = ()
) -> None:
    """Write one row per student and machine-checked exercise.

    Who handed in nothing has one row, of status ``absent``, without points. With a roster the last
    column is the ``id`` by which tables are joined.

    Texts are single lines without control characters; one that a spreadsheet would take for
    a formula gets an apostrophe in front.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    results, absent = list(results), list(absent)
    with_ids = bool(absent) or any(result.person for result in results)
    rows.writerow((*COLUMNS, *["id"] * with_ids))
    for result in results:
        for verdict in result.verdicts:
            rows.writerow((
                as_text(result.student), as_text(verdict.exercise), number(verdict.points),
                number(verdict.max_points), verdict.status, as_text(verdict.message),
                *[as_text(result.person)] * with_ids,
            ))  # fmt: skip
    for person in absent:
        rows.writerow((
            as_text(person.name), "", "", "", "absent", "nothing was handed in", as_text(person.key)
        ))  # fmt: skip
    write_whole(path, out.getvalue())


def write_totals_csv(
    results: Iterable[SubmissionResult], path: Path, absent: Iterable[Person] = ()
) -> None:
    """Write one row per student: the points in all, and in each notebook, that a machine gave.

    Who handed in nothing has a row without points. With a roster the last columns are the ``id`` by
    which tables are joined, and when the work was handed in.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    results, absent = list(results), list(absent)
    with_ids = bool(absent) or any(result.person for result in results)
    notebooks = sorted({verdict.notebook for result in results for verdict in result.verdicts})
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    more = ["id", "handed_in"] * with_ids
    rows.writerow(("student", "points", "max_points", *map(as_text, notebooks), *more))
    for result in results:
        points = dict.fromkeys(notebooks, 0.0)
        for verdict in result.verdicts:
            points[verdict.notebook] += verdict.points
        rows.writerow((
            as_text(result.student), number(result.points), number(result.max_points),
            *map(number, points.values()),
            *[as_text(result.person), result.handed_in][: len(more)],
        ))  # fmt: skip
    for person in absent:
        blank = [""] * (2 + len(notebooks))
        rows.writerow((as_text(person.name), *blank, as_text(person.key), ""))
    write_whole(path, out.getvalue())


def as_text(value: str) -> str:
    r"""One line that no spreadsheet takes for a formula.

    Examples
    --------
    >>> as_text("=HYPERLINK(1)\nx"), as_text("rows sum to 36, not 1")
    ("'=HYPERLINK(1) x", 'rows sum to 36, not 1')
    >>> as_text('x;=HYPERLINK("http://elsewhere")')
    'x;\'=HYPERLINK("http://elsewhere")'
    """
    return no_formula(one_line(value, 1000))
