"""The catalogue of exercises: what each is called, where it is, what it asks for.

The facts stand in ``exercises.toml`` beside this module, in the order of the course.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.errors import ExerciseError

CATALOGUE = Path(__file__).with_name("exercises.toml")


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    id : str
        The number in the assignment, such as ``"2.2.2"``.
    title : str
        A few words.
    notebook : str
        The notebook's name without ending, such as ``"02_network"``.
    functions : tuple of str
        What the student writes and a machine checks; empty where all of it is prose.
    needs : tuple of str
        Earlier exercises whose functions this one's functions call.
    written : tuple of str
        The ``grade_id`` of each answer that a person grades.
    packages : tuple of str
        Packages beyond those of the whole course that its functions import, such as ``"torch"``.
    file : str
        The name of a file that is handed in beside the notebook, and graded by what is in it.
    """

    id: str
    title: str
    notebook: str
    functions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    file: str = ""

    @property
    def grade_id(self) -> str:
        """The ``grade_id`` of the answer cell: 2.2.2 is ``q2-2-2``."""
        return "q" + self.id.replace(".", "-")

    @property
    def check_id(self) -> str:
        """The ``grade_id`` of the graded cell under the answer."""
        return self.grade_id + "-check"


@cache
def all_exercises() -> tuple[Exercise, ...]:
    """Every exercise of the course, in order."""
    table = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return tuple(
        Exercise(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})
        for entry in table["exercise"]
    )


def checked_exercises() -> tuple[Exercise, ...]:
    """The exercises whose functions a machine checks, in order."""
    return tuple(exercise for exercise in all_exercises() if exercise.functions)


def graded_exercises() -> tuple[Exercise, ...]:
    """The exercises to which a machine gives points, for functions or for a file, in order."""
    return tuple(exercise for exercise in all_exercises() if exercise.functions or exercise.file)


def find_exercise(exercise_id: str) -> Exercise:
    """Look an exercise up by its number.

    Raises
    ------
    ExerciseError
        There is none of that number.

    Examples
    --------
    >>> find_exercise("2.2.2").grade_id
    'q2-2-2'
    """
    wanted = str(exercise_id).strip().removeprefix("q").replace("-", ".")
    for exercise in all_exercises():
        if exercise.id == wanted:
            return exercise
    known = ", ".join(exercise.id for exercise in all_exercises())
    raise ExerciseError(f"there is no exercise {exercise_id!r}; the exercises are {known}")


def owner_of(function: str) -> Exercise | None:
    """The exercise that asks for a function, or ``None``."""
    for exercise in all_exercises():
        if function in exercise.functions:
            return exercise
    return None
