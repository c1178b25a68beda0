"""Wheats and chaffs: answers known to be right or wrong, which guard the checks themselves.

A check is worth as much as the wrong answers that it tells from the right ones. Every
*chaff* is a small file with one mistake that students make; it names the checks that it must
fail, and must fail exactly those. Every *wheat* is a complete right solution in a style of
its own, and must pass everything, as the reference solutions must.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.judge import BackendFor, NotebookAnswers, judge
from autograder.judging.verdicts import ExerciseVerdict
from autograder.sandbox.backend import Program
from helpers.checking.answers import Cell, load_answers
from helpers.checking.catalogue import BESIDE, Exercise
from helpers.checking.chance import start_draws
from helpers.checking.student import Backend, LocalBackend
from helpers.errors import CheckDefinitionError

CHAFFS = Path(__file__).resolve().parents[1] / "chaffs"
WHEATS = BESIDE / "exercises" / "wheats"


@dataclass(frozen=True)
class Chaff:
    """One wrong answer.

    Attributes
    ----------
    name : str
        The file's name without ending, such as ``2_2_2_one_maximum``.
    mistake : str
        What is wrong, in one sentence.
    fails : frozenset of str
        The checks that must fail, such as ``2.2.2/rows_far_apart``.
    source : str
        The wrong code.
    """

    name: str
    mistake: str
    fails: frozenset[str]
    source: str

    @property
    def exercise(self) -> Exercise:
        """The exercise whose answer is wrong, which is that of the checks that it fails."""
        return find_course().find(next(iter(self.fails)).partition("/")[0])


def all_chaffs() -> list[Chaff]:
    """Every chaff, by name."""
    return [read_chaff(path) for path in sorted(CHAFFS.glob("[0-9]*.py"))]


def read_chaff(path: Path) -> Chaff:
    """Read one chaff without running it.

    Raises
    ------
    CheckDefinitionError
        It has no docstring, no ``FAILS``, or fails checks of several exercises.
    """
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    mistake = " ".join((ast.get_docstring(tree) or "").split())
    fails: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "FAILS":
            fails = ast.literal_eval(node.value)
    if not mistake or not fails:
        raise CheckDefinitionError(
            f"the chaff {path.name} needs a docstring that names the mistake, and a list FAILS "
            "of the checks that it must fail"
        )
    if len({check.partition("/")[0] for check in fails}) != 1:
        raise CheckDefinitionError(f"the chaff {path.name} fails checks of several exercises")
    return Chaff(path.stem, mistake, frozenset(fails), source)


def judge_chaff(
    chaff: Chaff, seed: int, backend_for: BackendFor | None = None
) -> tuple[ExerciseVerdict, ...]:
    """Judge the reference solutions with the chaff's functions in place of the right ones.

    Judged are the chaff's exercise and all that build on it, so that a mistake which reaches
    another exercise is seen. The rest of the notebook does not draw on the chaff at all.
    """
    cells: list[Cell] = []
    for cell in source_cells(chaff.exercise.notebook):
        cells.append(cell)
        if cell.name == chaff.exercise.grade_id:
            cells.append(Cell(chaff.source, f"{cell.name} (chaff)"))
    notebook = chaff.exercise.notebook
    reached = [
        exercise
        for exercise in find_course().checked
        if exercise.notebook == notebook and chaff.exercise.id in (exercise.id, *exercise.needs)
    ]
    known = _right_verdicts(notebook)
    return judge_cells(notebook, cells, seed, backend_for, reached, known)


def all_wheats() -> list[Path]:
    """Every wheat, a file for a notebook in a folder for each style."""
    return sorted(WHEATS.glob("*/[0-9]*.py"))


def judge_wheat(
    path: Path, seed: int, backend_for: BackendFor | None = None
) -> tuple[ExerciseVerdict, ...]:
    """Judge one wheat: all of its notebook's exercises."""
    cells = [Cell(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.stem}")]
    return judge_cells(path.stem, cells, seed, backend_for)


def judge_reference(
    notebook: str, seed: int, backend_for: BackendFor | None = None
) -> tuple[ExerciseVerdict, ...]:
    """Judge the solutions in a source notebook."""
    return judge_cells(notebook, source_cells(notebook), seed, backend_for)


def in_this_process(program: Program) -> Backend:
    """Run a program right here: for code of our own, which needs no sandbox."""
    start_draws(program.chance)
    answers = load_answers(
        program.cells, program.wanted, program.replacements, program.replaced, program.checked_at
    )
    return LocalBackend(answers.namespace, answers.problems)


def failed_checks(verdicts: Sequence[ExerciseVerdict]) -> frozenset[str]:
    """The names of all checks that did not pass, but for those that only wait for them."""
    counted = (check for verdict in verdicts for check in verdict.checks)
    return frozenset(c.check for c in counted if c.status not in ("pass", "waits"))


def judge_cells(
    notebook: str,
    cells: Sequence[Cell],
    seed: int,
    backend_for: BackendFor | None = None,
    exercises: Sequence[Exercise] | None = None,
    known: Mapping[str, ExerciseVerdict] | None = None,
) -> tuple[ExerciseVerdict, ...]:
    """Judge code of our own, exercise by exercise, as if a student had handed it in.

    All exercises of the notebook are judged, or those given.
    """
    if exercises is None:
        exercises = [e for e in find_course().checked if e.notebook == notebook]
    return judge(
        find_course(),
        {notebook: NotebookAnswers(tuple(cells), {})},
        backend_for or in_this_process,
        seed=seed,
        only=[exercise.id for exercise in exercises],
        maxima={exercise.id: 0.0 for exercise in find_course().checked},
        known=known,
    )


@cache
def _right_verdicts(notebook: str) -> dict[str, ExerciseVerdict]:
    return {verdict.exercise: verdict for verdict in judge_reference(notebook, 1)}
