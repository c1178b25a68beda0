"""Take the functions of an earlier notebook over into a later one.

Notebook 3 trains with the functions that its reader wrote in notebook 2. They are read out of
the notebook's file: only what a function needs of it is run, no training and no figure.
"""

from __future__ import annotations

import warnings
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import Any

from helpers.checking.answers import Answers, load_answers
from helpers.checking.catalogue import PUBLIC, Catalogue, Exercise, catalogue, in_other_sheets
from helpers.checking.notebook import public_results
from helpers.checking.show import in_a_row
from helpers.checking.student import LocalBackend, Student
from helpers.checking.terminal import read_cells
from helpers.errors import NotebookError


def use_answers(
    notebooks: str | Sequence[str], namespace: MutableMapping[str, Any], folder: Path | None = None
) -> None:
    """Put the functions of earlier notebooks into a namespace, and say what is not right yet.

    The files must have been saved: what counts is what is in them.

    Parameters
    ----------
    notebooks : str or sequence of str
        Names without ending, such as ``"01_words"``; in the order of the course.
    namespace : mutable mapping
        Where the functions go: ``globals()`` in a notebook.
    folder : Path, optional
        Where the files are; by default beside the notebook that runs, or in the course's folder.

    Raises
    ------
    NotebookError
        A file is not there or is no notebook, or the course has no notebook of that name.
    """
    names = [notebooks] if isinstance(notebooks, str) else list(notebooks)
    course = catalogue()
    exercises = [exercise for name in names for exercise in exercises_of(course, name)]
    cells = [cell for name in names for cell in read_cells(find_notebook(name, folder))]
    wanted = [name for exercise in exercises for name in exercise.functions]
    answers = load_answers(cells, wanted, checked_at=course.checked_at())
    found = {
        name: answers.namespace[name]
        for exercise in exercises
        for name in exercise.functions
        if callable(answers.namespace.get(name))
    }
    namespace.update(found)
    print(summary(names, len(found), faulty(course, exercises, answers)))


def find_notebook(name: str, folder: Path | None = None) -> Path:
    """The file of a notebook: in a folder, or by default where notebooks of the course lie.

    Raises
    ------
    NotebookError
        It is in none of the places.
    """
    here, course = Path.cwd(), catalogue().root
    places = [folder] if folder else [here, here / "notebooks", course, course / "notebooks"]
    for place in places:
        path = place / f"{name}.ipynb"
        if path.is_file():
            return path
    beside = [] if folder else in_other_sheets(course, f"{name}.ipynb")
    if len(beside) == 1:
        return beside[0]
    if beside:
        folders = in_a_row([path.parent.name for path in beside])
        raise NotebookError(f"{name}.ipynb is in {folders}; copy the one that counts to {here}")
    raise NotebookError(
        f"there is no {name}.ipynb in {places[0]}; keep all notebooks of the course in one "
        "folder, under their own names"
    )


def exercises_of(course: Catalogue, notebook: str) -> list[Exercise]:
    """The exercises of one notebook that a machine checks.

    Raises
    ------
    NotebookError
        The course has no notebook of that name.
    """
    found = [exercise for exercise in course.checked if exercise.notebook == notebook]
    if not found:
        known = sorted({exercise.notebook for exercise in course.checked})
        raise NotebookError(f"the course has no notebook {notebook!r}; it has {', '.join(known)}")
    return found


def faulty(course: Catalogue, exercises: Sequence[Exercise], answers: Answers) -> list[str]:
    """The ids of exercises whose public checks do not all pass."""
    student = Student(LocalBackend(answers.namespace, answers.problems))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a wrong function divides by zero is told there
        return [
            exercise.id
            for exercise in exercises
            if course.checks(exercise, PUBLIC)
            and any(r.status != "pass" for r in public_results(course, exercise, student))
        ]


def summary(names: Sequence[str], functions: int, wrong: Sequence[str]) -> str:
    """One line: what was taken over, and which exercises are not right yet.

    Examples
    --------
    >>> summary(["01_words"], 11, [])
    '11 functions taken from 01_words.ipynb. All their checks pass.'
    """
    files = in_a_row([f"{name}.ipynb" for name in names])
    taken = f"{functions} function{'s' * (functions != 1)} taken from {files}."
    if not wrong:
        return f"{taken} All their checks pass."
    them = "them" if len(wrong) > 1 else "it"
    return (
        f"{taken} Not right yet: {', '.join(wrong)}. "
        f"Mend {them} there first, save, and run this cell again."
    )
