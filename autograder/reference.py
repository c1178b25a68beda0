"""The reference solutions: the answer cells of the source notebooks, and nothing else.

They stand in for a student's earlier function that is wrong, and the tests hold the checks
against them. Only the grader reads this; the code of an exercise never reaches the process
that is being graded on that exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from autograder.course import find_course
from helpers.checking.answers import Cell, load_answers
from helpers.errors import NotebookError
from helpers.exercises import Exercise, find_exercise


@cache
def source_cells(notebook: str) -> tuple[Cell, ...]:
    """The code cells of a source notebook that a grader may run: set-up and answers.

    Parameters
    ----------
    notebook : str
        The notebook's name without ending.

    Raises
    ------
    NotebookError
        There is no such source notebook.
    """
    cells = []
    for cell in find_course().read_notebook(notebook)["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and mark.get("grade_id") and not mark.get("grade"):
            cells.append(Cell("".join(cell["source"]), mark["grade_id"]))
    return tuple(cells)


def reference_functions(
    notebooks: Sequence[str], wanted: Sequence[str]
) -> dict[str, Callable[..., Any]]:
    """Functions as the instructor's notebooks define them.

    Parameters
    ----------
    notebooks : sequence of str
        Names without ending, in the order of the course.
    wanted : sequence of str
        Names of functions.

    Raises
    ------
    NotebookError
        There is no such notebook, or it does not define one of the functions.

    Examples
    --------
    >>> functions = reference_functions(["02_network"], ["sigmoid"])
    >>> float(functions["sigmoid"](0.0))
    0.5
    """
    cells = [cell for name in notebooks for cell in source_cells(name)]
    answers = load_answers(cells, wanted)
    missing = [name for name in wanted if not callable(answers.namespace.get(name))]
    if missing:
        raise NotebookError(
            f"{', '.join(missing)} cannot be had from {', '.join(notebooks)}: "
            f"{answers.problems or 'no cell defines it'}"
        )
    return {name: answers.namespace[name] for name in wanted}


def stand_ins(exercises: Iterable[Exercise]) -> tuple[Cell, ...]:
    """The cells that define the functions of these exercises, with all that they build on."""
    needed = _with_needs(exercises)
    cells: list[Cell] = []
    for notebook in sorted({exercise.notebook for exercise in needed}):
        wanted = {exercise.grade_id for exercise in needed if exercise.notebook == notebook}
        for cell in source_cells(notebook):
            if cell.name in wanted or cell.name.startswith("setup"):
                cells.append(Cell(cell.source, f"{cell.name} (reference)"))
    return tuple(cells)


def _with_needs(exercises: Iterable[Exercise]) -> set[Exercise]:
    needed = set(exercises)
    waiting = list(needed)
    while waiting:
        more = {find_exercise(i) for i in waiting.pop().needs} - needed
        needed |= more
        waiting += more
    return needed
