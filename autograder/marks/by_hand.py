"""Points that people give: a table with a row for each answer that waits for a person.

That is all prose, and every exercise that could not be judged. ``course marks`` writes the table;
whoever grades fills in the column ``points``, in any spreadsheet, and ``course marks`` reads it. An
answer that changes after somebody graded it waits again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.writing import write_whole
from autograder.intake.tables import Table, no_formula, read_table
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, WrittenAnswer
from helpers.errors import RosterError

FILE = "by_hand.csv"
COLUMNS = (
    "student", "name", "answer", "exercise", "max_points", "state", "points", "comment", "of",
)  # fmt: skip
CHANGED = "changed after it was graded"


@dataclass(frozen=True)
class Row:
    """One answer, and what is known of it without a person.

    Attributes
    ----------
    student : str
        The key of a person on the roster, or the student's name without one.
    name : str
        For people to read.
    answer : str
        The ``grade_id``.
    waits : bool
        Whether a person must judge.
    points, max_points : float
        What a machine gave, and what can be had.
    state : str
        Why it waits, in a few words.
    of : str
        What tells this answer from others: a hash.
    """

    student: str
    name: str
    answer: str
    exercise: str
    waits: bool
    points: float
    max_points: float
    state: str
    of: str


@dataclass(frozen=True)
class Given:
    """What a person gave for one answer."""

    points: float
    of: str
    comment: str = ""

    def counts_for(self, row: Row) -> bool:
        """Whether it was given for this answer, and not for an earlier one."""
        return self.of in ("", row.of)


def row_of(result: SubmissionResult, answer: ExerciseVerdict | WrittenAnswer) -> Row:
    """What is known of an answer.

    A blank answer in prose has no points, and needs no person to say so.
    """
    student = result.person or result.student
    if isinstance(answer, ExerciseVerdict):
        waits = answer.status == "error" or bool(result.instead)
        return Row(
            student, result.student, f"q{answer.exercise.replace('.', '-')}-check",
            answer.exercise, waits, answer.points, answer.max_points,
            (result.instead or answer.message) if waits else answer.status,
            _hash(result.handed_in, answer.message if waits else ""),
        )  # fmt: skip
    state = {"answered": "to be read", "unreadable": "cannot be read", "missing": "blank"}
    return Row(
        student, result.student, answer.grade_id, answer.exercise, answer.status != "missing",
        0.0, answer.max_points, state.get(answer.status, answer.status),
        _hash(answer.source, *sorted(answer.attachments)),
    )  # fmt: skip


def rows_by_hand(results: Iterable[SubmissionResult]) -> list[Row]:
    """The answers that wait for a person."""
    rows = [
        row_of(result, answer)
        for result in results
        for answer in (*result.verdicts, *result.written)
    ]
    return [row for row in rows if row.waits]


def read_given(path: Path) -> dict[tuple[str, str], Given]:
    """What people gave, by student and answer; nothing where the file is not there.

    Raises
    ------
    RosterError
        The table is damaged, or says something that cannot be points.
    """
    if not path.is_file():
        return {}
    table = read_table(path)
    lacking = {"student", "answer", "max_points", "points"} - set(table.columns)
    if lacking:
        raise RosterError(
            f"{path} has no column {', '.join(sorted(lacking))}; `course marks` writes it: put the "
            "column back"
        )
    given: dict[tuple[str, str], Given] = {}
    for number, row in enumerate(table.rows, start=2):
        if not row["points"].strip():
            continue
        key = _key(row)
        points = _points(row, f"{path}, row {number}")
        if key in given and given[key].points != points:
            raise RosterError(
                f"{path}, row {number}: {key[0]} has two different points for {key[1]}; keep one"
            )
        given[key] = Given(points, row.get("of", "").strip(), row.get("comment", ""))
    return given


def _points(row: Mapping[str, str], where: str) -> float:
    text = row["points"].strip().replace(",", ".")
    try:
        points, most = float(text), float(row["max_points"].replace(",", "."))
    except ValueError:
        raise RosterError(
            f"{where}: {row['points']!r} are no points; write a number, or leave the cell empty"
        ) from None
    if not 0 <= points <= most:  # not a number is no such number either
        raise RosterError(f"{where}: {text} is not from 0 to {row['max_points']}; mend it")
    return points


def write_by_hand(path: Path, results: Iterable[SubmissionResult]) -> list[Row]:
    """Write the table anew: what was given stays, and what changed since is marked.

    Returns
    -------
    list of Row
        What waits for a person.
    """
    given = read_given(path)
    rows = rows_by_hand(results)
    lines: list[dict[str, str]] = []
    waiting = []
    for row in rows:
        old = given.get((row.student, row.answer))
        current = old is not None and old.counts_for(row)
        if not current:
            waiting.append(row)
        lines.append(_line(row, old, current))
    lines += _others(path, {(row.student, row.answer) for row in rows})
    write_whole(path, Table(COLUMNS, tuple(lines)).data())
    return waiting


def _line(row: Row, old: Given | None, current: bool) -> dict[str, str]:
    comment = old.comment if old else ""
    if old and not current:
        comment = f"{CHANGED} ({old.points:g} points then). {comment}".strip()
    return {
        "student": no_formula(row.student), "name": no_formula(row.name), "answer": row.answer,
        "exercise": row.exercise, "max_points": f"{row.max_points:g}",
        "state": no_formula(row.state), "points": f"{old.points:g}" if current else "",
        "comment": no_formula(comment), "of": row.of,
    }  # fmt: skip


def _others(path: Path, known: set[tuple[str, str]]) -> Sequence[dict[str, str]]:
    """Rows with points of answers that wait no more: what a person gave is never thrown away."""
    if not path.is_file():
        return []
    return [
        row for row in read_table(path).rows if row["points"].strip() and _key(row) not in known
    ]


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["student"].strip().removeprefix("'"), row["answer"].strip()


def _hash(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
