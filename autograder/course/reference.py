"""The reference solutions: the answer cells of the source notebooks, and nothing else.

They stand in for a student's earlier function that is wrong, and the tests hold the checks
against them. Only the grader reads this; the code of an exercise never reaches the process
that is being graded on that exercise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course.course import Course, find_course
from helpers.checking.answers import Cell, load_answers
from helpers.checking.catalogue import Exercise
from helpers.checking.cells import grade_id_of, is_graded, text_of
from helpers.errors import NotebookError

_MARKS = re.compile(r"^\s*### (BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


def source_cells(notebook: str, course: Course | None = None) -> tuple[Cell, ...]:
    """The code cells of a source notebook that a grader may run: set-up and answers.

    Parameters
    ----------
    notebook : str
        The notebook's name without ending.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.

    Raises
    ------
    NotebookError
        There is no such source notebook.
    """
    return _source_cells(notebook, (course or find_course()).root)


@cache
def _source_cells(notebook: str, root: Path) -> tuple[Cell, ...]:
    return tuple(
        Cell(text_of(cell), grade_id_of(cell))
        for cell in find_course(root).read_notebook(notebook)["cells"]
        if cell["cell_type"] == "code" and grade_id_of(cell) and not is_graded(cell)
    )


def solution(exercise_id: str, course: Course) -> str:
    """The answer cell of an exercise as a student would have typed it: without nbgrader's marks."""
    exercise = course.find(exercise_id)
    cells = source_cells(exercise.notebook, course)
    return without_marks(next(cell.source for cell in cells if cell.name == exercise.grade_id))


def without_marks(source: str) -> str:
    """A cell without the lines that mark for nbgrader where its solution begins and ends."""
    return _MARKS.sub("", source)


def wheats(course: Course, notebook: str = "*") -> list[Path]:
    """Other right solutions of a notebook, or of all: a file in a folder for each style."""
    return sorted((course.root / "exercises" / "wheats").glob(f"*/{notebook}.py"))


def reference_functions(
    notebooks: Sequence[str], wanted: Sequence[str], course: Course | None = None
) -> dict[str, Callable[..., Any]]:
    """Functions as the instructor's notebooks define them.

    Parameters
    ----------
    notebooks : sequence of str
        Names without ending, in the order of the course.
    wanted : sequence of str
        Names of functions.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.

    Raises
    ------
    NotebookError
        There is no such notebook, or it does not define one of the functions.
    """
    cells = [cell for name in notebooks for cell in source_cells(name, course)]
    answers = load_answers(cells, wanted)
    missing = [name for name in wanted if not callable(answers.namespace.get(name))]
    if missing:
        raise NotebookError(
            f"{', '.join(missing)} cannot be had from {', '.join(notebooks)}: "
            f"{answers.problems or 'no cell defines it'}"
        )
    return {name: answers.namespace[name] for name in wanted}


def stand_ins(course: Course, exercises: Iterable[Exercise]) -> tuple[Cell, ...]:
    """The cells that define the functions of these exercises, with all that they build on."""
    exercises = list(exercises)
    needed = {*exercises, *course.built_on(exercises)}
    cells: list[Cell] = []
    for notebook in course.notebooks:
        wanted = {exercise.grade_id for exercise in needed if exercise.notebook == notebook}
        for cell in source_cells(notebook, course) if wanted else ():
            if cell.name in wanted or cell.name.startswith("setup"):
                cells.append(Cell(cell.source, f"{cell.name} (reference)"))
    return tuple(cells)
