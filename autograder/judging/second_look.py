"""Verdicts at which a person must look: where it may not be the answer that is at fault.

Code that was seen and does not run, a file that is cut off, a Python newer than that of the machine
that grades: none of it is a zero. Such an exercise has no verdict, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from autograder.judging.verdicts import ExerciseVerdict
from helpers.checking.answers import Cell
from helpers.checking.catalogue import Exercise
from helpers.checking.newer import newer_in

UNUSED = "`{}` runs nowhere in the notebook, but is {}; your instructor must look"
BESIDE = "{}.py lies beside the notebook and was not run with it; your instructor must look"
ABSENT = re.compile(r"No module named '(\w+)'")
LOST = "nothing of this answer was found, and {}; your instructor must look, or hand it in again"
NEWER = "cannot be judged with the Python of the machine that grades: {}"


@dataclass(frozen=True)
class NotebookAnswers:
    """What one notebook of a student holds for the judge.

    Attributes
    ----------
    cells : tuple of Cell
        All code to draw on, in order: set-up, answers, the student's own cells.
    answers : mapping of str to str
        The source of each answer, by ``grade_id``.
    unreadable : str
        Why the notebook could not be read, if so; then there are no cells.
    doubts : mapping of str to str
        By ``grade_id``, what a person should look at where the answer is not right.
    unused : mapping of str to str
        By function, where code was seen that does not run.
    lost : str
        Why answers may be missing that were handed in, if so.
    beside : frozenset of str
        Names of modules that lie beside the notebook, and are not there where code runs.
    """

    cells: tuple[Cell, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    unreadable: str = ""
    doubts: Mapping[str, str] = field(default_factory=dict)
    unused: Mapping[str, str] = field(default_factory=dict)
    lost: str = ""
    beside: frozenset[str] = frozenset()


def reconsidered(
    verdict: ExerciseVerdict, exercise: Exercise, notebook: NotebookAnswers
) -> ExerciseVerdict:
    """The verdict, with status ``error`` where the answer itself could not be judged.

    What a person should look at otherwise is added to its concerns. What a student can do to get
    such a status is to write what nobody runs: it earns nothing, and a person looks.
    """
    if verdict.status in ("pass", "error"):
        return verdict
    said = _why_not_judged(verdict, exercise, notebook)
    if said:
        return replace(verdict, status="error", message=said)
    doubt = notebook.doubts.get(exercise.grade_id, "")
    return replace(verdict, concerns=(*verdict.concerns, doubt)) if doubt else verdict


def _why_not_judged(verdict: ExerciseVerdict, exercise: Exercise, notebook: NotebookAnswers) -> str:
    for name in exercise.functions:
        if name in notebook.unused:
            return UNUSED.format(name, notebook.unused[name])
    texts = [f"{check.problem} {check.traceback}" for check in verdict.checks]
    for module in (name for text in texts for name in ABSENT.findall(text)):
        if module in notebook.beside:
            return BESIDE.format(module)
    newer = next(filter(None, (newer_in(text) for text in texts)), "")
    if newer:
        return NEWER.format(newer)
    if verdict.status == "missing" and notebook.lost:
        return LOST.format(notebook.lost)
    return ""
