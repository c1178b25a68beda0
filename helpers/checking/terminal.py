"""``python -m helpers``: the public checks on whole notebooks, in a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers.checking.answers import Cell, load_answers
from helpers.checking.display import as_text
from helpers.checking.notebook import earlier_faults, public_results
from helpers.checking.runner import PUBLIC_CHECKS, CheckResult, check_files
from helpers.checking.student import LocalBackend, Student
from helpers.errors import CourseError, ExerciseError, NotebookError
from helpers.exercises import Exercise, checked_exercises, find_exercise


def check_notebooks(arguments: Sequence[str], folder: Path | None = None) -> int:
    """Check notebooks, or single exercises, and print what became of them.

    Parameters
    ----------
    arguments : sequence of str
        Paths of notebooks and ids of exercises, mixed; without any, every notebook of the
        course in the folder.
    folder : Path, optional
        Where notebooks are looked for; the current folder, or ``notebooks`` in it.

    Returns
    -------
    int
        The exit status: 0 where every check passes, 1 where one does not.

    Raises
    ------
    NotebookError, ExerciseError
        An argument is neither a notebook nor an exercise.
    """
    failed = False
    for path, exercises in _plan(arguments, folder or Path.cwd()):
        print(f"{path.name}")
        cells = read_cells(path)
        for exercise in exercises:
            failed |= not _check_one(exercise, cells)
    return 1 if failed else 0


def read_cells(path: Path) -> list[Cell]:
    """The code cells of a notebook file.

    Raises
    ------
    NotebookError
        There is no such file, or it is not a notebook.
    """
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in tree["cells"] if cell["cell_type"] == "code"]
        sources = ["".join(cell["source"]) for cell in cells]
    except OSError as error:
        raise NotebookError(f"{path} cannot be read ({error.strerror}); check the name") from None
    except (ValueError, KeyError, TypeError):
        raise NotebookError(
            f"{path} is not a notebook; save it again from Jupyter as .ipynb"
        ) from None
    return [
        Cell(source, _name(cell, i))
        for i, (cell, source) in enumerate(zip(cells, sources, strict=True))
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; an error of ours is one line and exit status 2."""
    try:
        return check_notebooks(sys.argv[1:] if arguments is None else arguments)
    except CourseError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2


def _check_one(exercise: Exercise, cells: Sequence[Cell]) -> bool:
    needed = (name for i in exercise.needs for name in find_exercise(i).functions)
    answers = load_answers(cells, [*exercise.functions, *needed])
    student = Student(LocalBackend(answers.namespace, answers.problems))
    results: list[CheckResult] = public_results(exercise, student)
    earlier = earlier_faults(exercise, results, answers.namespace)
    print(as_text(exercise, results, earlier, colour=sys.stdout.isatty()))
    return all(result.status == "pass" for result in results)


def _plan(arguments: Sequence[str], folder: Path) -> list[tuple[Path, list[Exercise]]]:
    with_checks = [e for e in checked_exercises() if check_files(PUBLIC_CHECKS, e.id)]
    if not arguments:
        names = dict.fromkeys(exercise.notebook for exercise in with_checks)
        arguments = [str(path) for name in names if (path := _find(folder, name)).is_file()]
        if not arguments:
            raise NotebookError(
                f"there is no notebook of the course in {folder}; go to the folder that holds "
                "them, or name one"
            )
    plan: list[tuple[Path, list[Exercise]]] = []
    for argument in arguments:
        if argument.endswith(".ipynb"):
            plan.append(_whole(Path(argument), with_checks))
        else:
            exercise = find_exercise(argument)
            if exercise not in with_checks:
                raise ExerciseError(f"exercise {exercise.id} has no checks: it is a written answer")
            plan.append((_find(folder, exercise.notebook), [exercise]))
    return plan


def _whole(path: Path, exercises: Sequence[Exercise]) -> tuple[Path, list[Exercise]]:
    chosen = [e for e in exercises if e.notebook == path.stem or e.notebook[:2] == path.stem[:2]]
    if not chosen and path.is_file():
        raise NotebookError(
            f"{path.name} is no notebook of this course; its name must begin with its number, "
            "as in 02_network.ipynb"
        )
    return path, chosen


def _find(folder: Path, notebook: str) -> Path:
    here = folder / f"{notebook}.ipynb"
    return here if here.is_file() else folder / "notebooks" / f"{notebook}.ipynb"


def _name(cell: dict, index: int) -> str:
    mark = cell.get("metadata", {}).get("nbgrader", {})
    return mark.get("grade_id") or f"number {index + 1}"
