"""Wheats and chaffs: answers known to be right or wrong, which guard the checks themselves.

A check is worth as much as the wrong answers that it tells from the right ones. Every
*chaff* is a small file with one mistake that students make; it names the checks that it must
fail, and must fail exactly those. Every *wheat* is a complete right solution in a style of
its own, and must pass everything, as the reference solutions must.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from autograder.course.course import Course, find_course
from autograder.course.reference import source_cells, wheats
from autograder.judging.chaffs import Chaff, wrong_answer
from autograder.judging.judge import BackendFor, NotebookAnswers, judge
from autograder.judging.verdicts import ExerciseVerdict
from autograder.sandbox.backend import Program
from helpers.checking.answers import Cell, load_answers
from helpers.checking.catalogue import Exercise
from helpers.checking.chance import start_draws
from helpers.checking.display import first_said
from helpers.checking.student import Backend, LocalBackend

NUMBER = re.compile(r"(?<![\w.])-?\d+(\.\d+)?(e[-+]?\d+)?(?![\w.]*\w)")


def seed_of(name: str) -> int:
    """The seed with which an answer of this name is judged: the same in every run.

    What other seeds do is measured by ``make bench ARGS=chance``.
    """
    return zlib.crc32(name.encode())


def judge_chaff(
    chaff: Chaff,
    seed: int,
    backend_for: BackendFor | None = None,
    course: Course | None = None,
) -> tuple[ExerciseVerdict, ...]:
    """Judge the reference solutions with the chaff's answer in place of the right one.

    Judged is the chaff's exercise alone: whatever builds on it is judged with the reference.
    """
    course = course or find_course()
    exercise = course.find(chaff.exercise)
    cells = [
        Cell(wrong_answer(chaff, course), cell.name) if cell.name == exercise.grade_id else cell
        for cell in source_cells(exercise.notebook, course)
    ]
    known = _right_verdicts(exercise.notebook, course.root)
    return judge_cells(exercise.notebook, cells, seed, backend_for, [exercise], known, course)


def all_wheats(course: Course | None = None) -> list[Path]:
    """Every wheat, a file for a notebook in a folder for each style."""
    return wheats(course or find_course())


def judge_wheat(
    path: Path,
    seed: int,
    backend_for: BackendFor | None = None,
    course: Course | None = None,
) -> tuple[ExerciseVerdict, ...]:
    """Judge one wheat: all of its notebook's exercises."""
    cells = [Cell(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.stem}")]
    return judge_cells(path.stem, cells, seed, backend_for, course=course)


def judge_reference(
    notebook: str,
    seed: int,
    backend_for: BackendFor | None = None,
    course: Course | None = None,
) -> tuple[ExerciseVerdict, ...]:
    """Judge the solutions in a source notebook."""
    cells = source_cells(notebook, course)
    return judge_cells(notebook, cells, seed, backend_for, course=course)


def in_this_process(program: Program) -> Backend:
    """Run a program right here: for code of our own, which needs no sandbox."""
    start_draws(program.chance)
    loaded = load_answers(program.stand_ins, program.replaced).namespace
    standing = {name: loaded[name] for name in program.replaced if name in loaded}
    answers = load_answers(program.cells, program.wanted, standing, program.checked_at)
    return LocalBackend(answers.namespace, answers.problems)


def failed_checks(verdicts: Sequence[ExerciseVerdict]) -> frozenset[str]:
    """The names of all checks that did not pass, but for those that only wait for them."""
    counted = (check for verdict in verdicts for check in verdict.checks)
    return frozenset(c.check for c in counted if c.status not in ("pass", "waits"))


def said_first(verdicts: Sequence[ExerciseVerdict], exercise: str) -> str:
    """What the student of a wrong answer is told to go by: a mistake's name, or a hint.

    Numbers are left out, since other inputs bring others.
    """
    (verdict,) = [v for v in verdicts if v.exercise == exercise]
    return NUMBER.sub("#", " ".join(first_said(verdict.checks).split()))


def judge_cells(
    notebook: str,
    cells: Sequence[Cell],
    seed: int,
    backend_for: BackendFor | None = None,
    exercises: Sequence[Exercise] | None = None,
    known: Mapping[str, ExerciseVerdict] | None = None,
    course: Course | None = None,
) -> tuple[ExerciseVerdict, ...]:
    """Judge code of our own, exercise by exercise, as if a student had handed it in.

    All exercises of the notebook are judged, or those given. Nothing stands in within an exercise:
    a student's machine, which has no reference, must find the same.
    """
    course = course or find_course()
    if exercises is None:
        exercises = [e for e in course.checked if e.notebook == notebook]
    return judge(
        course,
        {notebook: NotebookAnswers(tuple(cells))},
        backend_for or in_this_process,
        seed=seed,
        only=[exercise.id for exercise in exercises],
        known=known,
        within=False,
    )


@cache
def _right_verdicts(notebook: str, root: Path) -> dict[str, ExerciseVerdict]:
    verdicts = judge_reference(notebook, 1, course=find_course(root))
    return {verdict.exercise: verdict for verdict in verdicts}
