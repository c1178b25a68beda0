"""What a course is called, which notebooks and exercises it has: its ``course.toml``, read.

The file stands at the root of the course and of each students' folder. `catalogue` finds the
one of the notebook or folder at hand; the grader is told which one, and reads it with
`read_catalogue`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from helpers.errors import CourseError, ExerciseError

FILE = "course.toml"
PUBLIC, HIDDEN = "public.py", "hidden.py"
"""The names of the files of checks in an exercise's room."""
ROOM = re.compile(r"(\d+(?:_\d+)*)_[a-z]\w*")
BESIDE = Path(__file__).resolve().parents[2]
"""The folder that holds `helpers`."""


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
        The notebook's name without ending, such as ``"02_reading"``.
    functions : tuple of str
        What the student writes and a machine checks; empty where all of it is prose.
    needs : tuple of str
        Earlier exercises whose functions this one's functions call.
    written : tuple of str
        The ``grade_id`` of each answer that a person grades.
    packages : tuple of str
        Packages beyond those of the whole course that its functions import, such as ``"pandas"``.
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


@dataclass(frozen=True)
class Library:
    """A large package that only some exercises need.

    Attributes
    ----------
    remedy : str
        What to do where it is not installed: a sentence or two.
    module : str
        A module that knows its values; see `helpers.checking.libraries`. Empty where none does.
    """

    remedy: str = ""
    module: str = ""


@dataclass(frozen=True)
class Catalogue:
    """A course as its ``course.toml`` describes it.

    Attributes
    ----------
    root : Path
        The folder that holds the file.
    name : str
        What folders and the assignment in nbgrader are called.
    title : str
        What a reader calls the course.
    notebooks : tuple of str
        The names of its notebooks without ending, in order.
    exercises : tuple of Exercise
        In order.
    libraries : mapping of str to Library
        Large packages that only some exercises need, by their names.
    student_commands : mapping of str to str
        What ``python -m helpers NAME`` runs beside the checks: ``module:function`` by name.
    file_checks : mapping of str to str
        What looks at a file that is handed in, ``module:function`` by the exercise's id.
    stand_ins : mapping of str to str
        What gives the values with which later cells go on where an exercise is not written yet:
        ``module:function`` by the exercise's id. The function gets the notebook's variables and
        gives new ones by name.
    packages : tuple of str
        What students install, and libraries that only some exercises need.
    """

    root: Path
    name: str
    title: str
    notebooks: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    libraries: Mapping[str, Library] = field(default_factory=dict)
    student_commands: Mapping[str, str] = field(default_factory=dict)
    file_checks: Mapping[str, str] = field(default_factory=dict)
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    packages: tuple[str, ...] = ()

    @property
    def checked(self) -> tuple[Exercise, ...]:
        """The exercises whose functions a machine checks."""
        return tuple(exercise for exercise in self.exercises if exercise.functions)

    @property
    def graded(self) -> tuple[Exercise, ...]:
        """The exercises to which a machine gives points, for functions or for a file."""
        return tuple(exercise for exercise in self.exercises if exercise.functions or exercise.file)

    def find(self, exercise_id: str) -> Exercise:
        """Look an exercise up by its number; ``q2-2-2`` is understood as well.

        Raises
        ------
        ExerciseError
            There is none of that number.
        """
        wanted = str(exercise_id).strip().removeprefix("q").replace("-", ".")
        for exercise in self.exercises:
            if exercise.id == wanted:
                return exercise
        known = ", ".join(exercise.id for exercise in self.exercises)
        raise ExerciseError(f"there is no exercise {exercise_id!r}; the exercises are {known}")

    def owner_of(self, function: str) -> Exercise | None:
        """The exercise that asks for a function, or ``None``."""
        return next((e for e in self.exercises if function in e.functions), None)

    def in_notebook(self, notebook: str) -> tuple[Exercise, ...]:
        """The exercises of one notebook."""
        return tuple(exercise for exercise in self.exercises if exercise.notebook == notebook)

    def built_on(self, exercises: Iterable[Exercise]) -> tuple[Exercise, ...]:
        """The exercises that these need, and those that they need in turn, in order.

        Those given are not among them, unless another one needs them.
        """
        needed: set[str] = set()
        waiting = [name for exercise in exercises for name in exercise.needs]
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting += self.find(name).needs
        return tuple(exercise for exercise in self.exercises if exercise.id in needed)

    def checked_at(self) -> dict[str, str]:
        """For each function that is asked for, the ``grade_id`` of the cell that checks it."""
        return {name: e.check_id for e in self.exercises for name in e.functions}

    def room(self, exercise: Exercise) -> Path | None:
        """The folder of an exercise's checks, such as ``exercises/1_1_words``, if it has one.

        Raises
        ------
        CourseError
            It has several.
        """
        return _rooms(self.root).get(exercise.id)

    def checks(self, exercise: Exercise, *names: str) -> list[Path]:
        """The files of checks in an exercise's room: those of these names that are there."""
        room = self.room(exercise)
        return [room / name for name in names if room and (room / name).is_file()]


@cache
def _rooms(root: Path) -> dict[str, Path]:
    rooms: dict[str, Path] = {}
    for path in sorted((root / "exercises").glob("[0-9]*")):
        match = ROOM.fullmatch(path.name)
        if match and path.is_dir():
            number = match[1].replace("_", ".")
            if number in rooms:
                raise CourseError(
                    f"exercise {number} has two folders, {rooms[number].name} and {path.name}; "
                    "keep one"
                )
            rooms[number] = path
    return rooms


@cache
def read_catalogue(root: Path) -> Catalogue:
    """Read the ``course.toml`` in a folder.

    Raises
    ------
    CourseError
        There is none, or it does not say what a course needs.
    """
    table = read_table(root)
    exercises = tuple(_exercise(entry, root / FILE) for entry in table.get("exercise", ()))
    students, libraries = table.get("students", {}), table.get("libraries", {})
    try:
        return Catalogue(
            root, table["name"], table["title"], tuple(table["notebooks"]), exercises,
            {name: Library(**entry) for name, entry in libraries.items()},
            students.get("commands", {}), students.get("file_checks", {}),
            students.get("stand_ins", {}),
            (*(pin.partition("==")[0] for pin in students.get("packages", ())), *libraries),
        )  # fmt: skip
    except KeyError as error:
        raise CourseError(f"{root / FILE} does not say {error}; add the line") from None


def read_table(root: Path) -> dict[str, Any]:
    """The ``course.toml`` in a folder as it stands there.

    Raises
    ------
    CourseError
        It is not there, cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads((root / FILE).read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(
            f"{root} is no course: {FILE} cannot be read there ({error.strerror}); "
            "`course new` makes a course"
        ) from None
    except ValueError as error:
        raise CourseError(f"{root / FILE} cannot be read: {error}; mend that line") from None


def in_other_sheets(root: Path, file: str) -> list[Path]:
    """Where a file lies in folders of other sheets, which are beside the folder of this one.

    So nbgrader lays sheets out: ``sheet-1/02_network.ipynb``, ``sheet-2/03_training.ipynb``.
    """
    own = read_table(root).get("name")
    found = []
    for path in sorted(root.parent.glob(f"*/{file}")):
        with suppress(CourseError):
            if path.parent != root and read_table(path.parent).get("name") == own:
                found.append(path)
    return found


def _exercise(entry: Mapping[str, Any], file: Path) -> Exercise:
    known = {field.name for field in fields(Exercise)}
    name = entry.get("id", "without an id")
    for key in ("id", "title", "notebook"):
        if not isinstance(entry.get(key), str):
            raise CourseError(f"{file}: the exercise {name} has no {key}; add it")
    for key in entry.keys() - known:
        allowed = ", ".join(sorted(known))
        raise CourseError(f"{file}: the exercise {name} has a {key!r}; allowed are {allowed}")
    return Exercise(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})


def catalogue() -> Catalogue:
    """The course at hand: the one in or around the current folder, else the one beside `helpers`.

    Raises
    ------
    CourseError
        There is no ``course.toml`` in any of these places, or it cannot be used.

    Examples
    --------
    >>> catalogue().find("2.2.2").grade_id
    'q2-2-2'
    >>> [exercise.id for exercise in catalogue().built_on([catalogue().find("2.4")])]
    ['2.2.1', '2.2.2', '2.2.3', '2.3.1']
    """
    here = Path.cwd()
    around = (folder for folder in (here, *here.parents) if (folder / FILE).is_file())
    return read_catalogue(next(around, BESIDE))
