"""Points that people give: a table with a row for each answer that waits for a person.

That is all prose, and every exercise that could not be judged. ``course marks`` writes the table;
whoever grades fills in the column ``points``, in any spreadsheet, and ``course marks`` reads it. An
answer that changes after somebody graded it waits again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.writing import write_whole
from autograder.intake.roster import plain_id
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
        What tells this answer from others: a hash that no spreadsheet takes for a number.
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

    @property
    def key(self) -> tuple[str, str]:
        """By which it is found again, whatever a spreadsheet did to the id."""
        return plain_id(self.student), self.answer


@dataclass(frozen=True)
class Given:
    """What a person gave for one answer; ``of`` is empty where it is for any."""

    points: float
    of: str
    comment: str = ""

    def counts_for(self, row: Row) -> bool:
        """Whether it was given for this answer, and not for an earlier one."""
        return self.of in ("", row.of)


AllGiven = Mapping[tuple[str, str], Sequence[Given]]


def points_given(given: AllGiven, row: Row) -> float | None:
    """The points that a person gave for an answer, or ``None``.

    Raises
    ------
    RosterError
        Tables contradict each other, or give more than can be had.
    """
    for this in (True, False):  # what was given for this very answer goes first
        points = {one.points for one in given.get(row.key, ())
                  if one.counts_for(row) and bool(one.of) == this}  # fmt: skip
        if len(points) > 1:
            listed = " and ".join(f"{one:g}" for one in sorted(points))
            raise RosterError(
                f"{row.name} has {listed} points by hand for {row.answer}; keep one of them"
            )
        if points:
            (most,) = points
            if most > row.max_points:
                raise RosterError(
                    f"{row.name} has {most:g} points by hand for {row.answer}, which has "
                    f"{row.max_points:g}; mend it in {FILE}"
                )
            return most
    return None


def row_of(result: SubmissionResult, answer: ExerciseVerdict | WrittenAnswer) -> Row:
    """What is known of an answer.

    A blank answer in prose has no points, and needs no person to say so; where something else than
    a notebook was handed in, a person must look.
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
    waits = answer.status != "missing" or bool(result.instead)
    return Row(
        student, result.student, answer.grade_id, answer.exercise, waits, 0.0, answer.max_points,
        result.instead or state.get(answer.status, answer.status),
        _hash(answer.source, *sorted(answer.attachments)),
    )  # fmt: skip


def all_rows(results: Iterable[SubmissionResult]) -> list[Row]:
    """All answers, whether they wait or not."""
    return [
        row_of(result, answer)
        for result in results
        for answer in (*result.verdicts, *result.written)
    ]


def read_given(path: Path) -> dict[tuple[str, str], list[Given]]:
    """What people gave, by student and answer; nothing where the file is not there.

    Raises
    ------
    RosterError
        The table is damaged, or says something that cannot be points.
    """
    given: dict[tuple[str, str], list[Given]] = {}
    for number, row in enumerate(_lines(path), start=2):
        if row["points"].strip():
            points = _points(row, f"{path}, row {number}")
            one = Given(points, row.get("of", "").strip(), row.get("comment", ""))
            given.setdefault(_key(row), []).append(one)
    return given


def _lines(path: Path) -> Sequence[dict[str, str]]:
    if not path.is_file():
        return ()
    table = read_table(path)
    lacking = {"student", "answer", "max_points", "points"} - set(table.columns)
    if lacking:
        raise RosterError(
            f"{path} has no column {', '.join(sorted(lacking))}; `course marks` writes it: put the "
            "column back"
        )
    return table.rows


def _points(row: Mapping[str, str], where: str) -> float:
    text = row["points"].strip().replace(",", ".")
    try:
        points, most = float(text), float(row["max_points"].replace(",", "."))
    except ValueError:
        raise RosterError(
            f"{where}: {row['points']!r} of {row['max_points']!r} are no points; write numbers, or "
            "leave the cell empty"
        ) from None
    if not 0 <= points <= most:  # not a number is no such number either
        raise RosterError(f"{where}: {text} is not from 0 to {row['max_points']}; mend it")
    return points


def unclaimed(given: AllGiven, rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Students and answers with points by hand that nobody handed in: spelt wrongly, perhaps."""
    known = {row.key for row in rows}
    return [key for key in given if key not in known]


def write_by_hand(path: Path, results: Iterable[SubmissionResult]) -> list[Row]:
    """Write the table anew: what was given and said stays, and what changed since is marked.

    Returns
    -------
    list of Row
        What waits for a person.
    """
    rows = all_rows(results)
    given, before = read_given(path), {_key(line): line for line in _lines(path)}
    waiting = []
    lines: list[dict[str, str]] = []
    for row in rows:
        current = [one for one in given.get(row.key, ()) if one.counts_for(row)]
        if row.waits and not current:
            waiting.append(row)
        if row.waits or row.key in before:
            lines.append(_line(row, current, given.get(row.key, []), before.get(row.key, {})))
    known = {row.key for row in rows}
    lines += [line for key, line in before.items() if key not in known and line["points"].strip()]
    write_whole(path, Table(COLUMNS, tuple(lines)).data())
    return waiting


def _line(
    row: Row, current: Sequence[Given], old: Sequence[Given], before: Mapping[str, str]
) -> dict[str, str]:
    """A row of the table. Once written, points by hand are for the answer that is there now."""
    comment = before.get("comment", "").removeprefix("'")
    if old and not current:
        comment = f"{CHANGED} ({old[0].points:g} points then). {comment}".strip()
    return {
        "student": no_formula(row.student), "name": no_formula(row.name), "answer": row.answer,
        "exercise": row.exercise, "max_points": f"{row.max_points:g}",
        "state": no_formula(row.state), "points": f"{current[0].points:g}" if current else "",
        "comment": no_formula(comment), "of": row.of,
    }  # fmt: skip


def _key(line: Mapping[str, str]) -> tuple[str, str]:
    """A line's answer; ``1.2`` stands for what a machine checks of it."""
    answer = line["answer"].strip()
    if re.fullmatch(r"\d+(\.\d+)+", answer):
        answer = f"q{answer.replace('.', '-')}-check"
    return plain_id(line["student"]), answer


def _hash(*texts: str) -> str:
    digest = hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"x{digest[:12]}"
