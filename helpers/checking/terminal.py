"""``python -m helpers``: the public checks on whole notebooks, in a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from helpers.checking.answers import load_answers
from helpers.checking.catalogue import (
    PUBLIC,
    Catalogue,
    Exercise,
    catalogue,
    in_other_sheets,
)
from helpers.checking.cells import grade_id_of, text_of
from helpers.checking.display import as_text, print_text
from helpers.checking.elsewhere import note_on
from helpers.checking.notebook import earlier_faults, public_results
from helpers.checking.runner import CheckResult
from helpers.checking.statements import Cell
from helpers.checking.student import LocalBackend, Student
from helpers.errors import CourseError, ExerciseError, NotebookError, PackageError


def check_notebooks(
    arguments: Sequence[str], folder: Path | None = None, course: Catalogue | None = None
) -> int:
    """Check notebooks, or single exercises, and print what became of them.

    Parameters
    ----------
    arguments : sequence of str
        Paths of notebooks, folders that hold them, and ids of exercises, mixed; without any,
        every notebook of the course in the folder.
    folder : Path, optional
        Where notebooks are looked for; the current folder, or ``notebooks`` in it.
    course : Catalogue, optional
        By default that of :func:`helpers.checking.catalogue.catalogue`.

    Returns
    -------
    int
        The exit status: 0 where every check passes, 1 where one does not.

    Raises
    ------
    NotebookError, ExerciseError
        An argument is neither a notebook nor an exercise. Nothing is checked then.
    """
    os.environ.setdefault("MPLBACKEND", "agg")  # a figure must not wait to be closed
    course = course or catalogue()
    plan = []
    for path, exercises in _plan(course, arguments, folder or Path.cwd()):
        cells = read_cells(path)
        plan.append((path, cells, exercises or _asked_for(course, path, cells)))
    failed = False
    said: set[str] = set()
    for path, cells, exercises in plan:
        print_text(path.name)
        for exercise in exercises:
            failed |= not _check_one(course, exercise, cells, path.parent, said)
    return 1 if failed else 0


def read_cells(path: Path) -> list[Cell]:
    """The code cells of a notebook file.

    Raises
    ------
    NotebookError
        There is no such file, or it is not a notebook.
    """
    try:
        tree = json.loads(path.read_bytes().decode("utf-8-sig"))
        return [
            Cell(text_of(cell), _name(cell, index))
            for index, cell in enumerate(tree["cells"])
            if cell["cell_type"] == "code"
        ]
    except OSError as error:
        raise NotebookError(f"{path} cannot be read ({error.strerror}); check the name") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotebookError(
            f"{path} is not a notebook; save it again from Jupyter as .ipynb"
        ) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; a `CourseError` is one line and exit status 2."""
    try:
        return check_notebooks(sys.argv[1:] if arguments is None else arguments)
    except CourseError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2


def _check_one(
    course: Catalogue, exercise: Exercise, cells: Sequence[Cell], folder: Path, said: set[str]
) -> bool:
    """Print what became of an exercise; say whether all is right, and shown to be.

    ``said`` holds the reasons that were given: a long one is given once.
    """
    try:
        return _checked(course, exercise, cells, folder)
    except PackageError as error:
        reason = str(error).replace(exercise.id, "")
        why = ", for the same reason" if reason in said else f"\n      {error}"
        said.add(reason)
        print_text(f"{exercise.id} {exercise.title}: not checked{why}")
        return False


def _checked(course: Catalogue, exercise: Exercise, cells: Sequence[Cell], folder: Path) -> bool:
    needed = (name for e in course.built_on([exercise]) for name in e.functions)
    cells = [*earlier_cells(course, exercise, folder), *cells]
    wanted = [*exercise.functions, *needed]
    answers = load_answers(cells, wanted, checked_at=course.checked_at())
    student = Student(LocalBackend(answers.namespace, answers.problems))
    results: list[CheckResult] = public_results(course, exercise, student, folder)
    earlier = earlier_faults(course, exercise, results, answers.namespace)
    print_text(as_text(exercise, results, earlier, colour=sys.stdout.isatty()))
    note = note_on(exercise.functions, answers.namespace, course.packages)
    if note:
        print_text(f"  {note}")
    return all(result.status == "pass" for result in results)


def earlier_cells(course: Catalogue, exercise: Exercise, folder: Path) -> list[Cell]:
    """The cells of the earlier notebooks in a folder whose functions an exercise calls.

    A notebook that is not there, or cannot be read, is left out: the checks show what is
    missing.
    """
    cells: list[Cell] = []
    names = {needed.notebook for needed in course.built_on([exercise])} - {exercise.notebook}
    for name in sorted(names):
        path = folder / f"{name}.ipynb"
        beside = [] if path.is_file() else in_other_sheets(course.root, path.name)
        with suppress(NotebookError):
            cells += read_cells(beside[0] if len(beside) == 1 else path)
    return cells


def _with_checks(course: Catalogue) -> list[Exercise]:
    return [e for e in course.graded if e.file or course.checks(e, PUBLIC)]


def _plan(
    course: Catalogue, arguments: Sequence[str], folder: Path
) -> list[tuple[Path, list[Exercise]]]:
    """What to check in which file; no exercises means all that the file asks for."""
    if not arguments:
        return _all_in(course, folder)
    plan: list[tuple[Path, list[Exercise]]] = []
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            plan += _all_in(course, path)
        elif path.suffix.lower() == ".ipynb":
            plan.append((path, []))
        elif path.suffix and path.is_file():
            raise NotebookError(f"{path} is no notebook; name an .ipynb file, or an exercise")
        else:
            plan.append(_single(course, argument, folder))
    return plan


def _single(course: Catalogue, argument: str, folder: Path) -> tuple[Path, list[Exercise]]:
    try:
        exercise = course.find(argument)
    except ExerciseError as error:
        raise ExerciseError(f"{argument} is no notebook and no folder, and {error}") from None
    if exercise not in _with_checks(course):
        raise ExerciseError(f"exercise {exercise.id} has no checks: it is a written answer")
    return _find(folder, exercise.notebook), [exercise]


def _all_in(course: Catalogue, folder: Path) -> list[tuple[Path, list[Exercise]]]:
    notebooks: dict[str, list[Exercise]] = {}
    for exercise in _with_checks(course):
        notebooks.setdefault(exercise.notebook, []).append(exercise)
    found = [(_find(folder, name), exercises) for name, exercises in notebooks.items()]
    found = [(path, exercises) for path, exercises in found if path.is_file()]
    if not found:
        raise NotebookError(
            f"there is no notebook of the course in {folder}; go to the folder that holds "
            "them, or name one"
        )
    return found


def _asked_for(course: Catalogue, path: Path, cells: Sequence[Cell]) -> list[Exercise]:
    """The exercises of a notebook: by its name, or else by what is in it."""
    exercises = _with_checks(course)
    chosen = [e for e in exercises if e.notebook == path.stem or e.notebook[:2] == path.stem[:2]]
    if not chosen:
        names = {cell.name for cell in cells}
        chosen = [e for e in exercises if names & {e.grade_id, e.check_id}]
    if not chosen:
        raise NotebookError(
            f"{path} is no notebook of this course; its name must begin with its number, "
            f"as in {course.notebooks[0]}.ipynb"
        )
    return chosen


def _find(folder: Path, notebook: str) -> Path:
    here = folder / f"{notebook}.ipynb"
    return here if here.is_file() else folder / "notebooks" / f"{notebook}.ipynb"


def _name(cell: dict, index: int) -> str:
    return grade_id_of(cell) or f"number {index + 1}"
