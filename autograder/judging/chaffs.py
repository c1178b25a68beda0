"""Chaffs: wrong answers, each with its mistake and with the checks that must notice it.

The folder of an exercise holds them in ``chaffs.py``, such as
``exercises/2_2_2_softmax/chaffs.py``: a list ``CHAFFS`` with a :class:`Chaff` for each mistake.
Names and checks leave the exercise's id out there; the functions here put it in front.
"""

from __future__ import annotations

import importlib.util
import re
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from autograder.course.course import Course, find_course
from autograder.course.reference import solution, wheats
from helpers.checking.catalogue import ROOM
from helpers.errors import CheckDefinitionError, CourseError, ExerciseError

FILE = "chaffs.py"


@dataclass(frozen=True)
class Chaff:
    """One wrong answer.

    Attributes
    ----------
    name : str
        A few words: ``one_maximum`` in the file of 2.2.2, ``2_2_2_one_maximum`` once it is read.
    mistake : str
        What is wrong, in one sentence.
    change : str
        What makes a right answer wrong. A line begins with ``-`` if it goes, with ``+`` if it
        comes, with two spaces if it stays. The lines that go or stay must be found together
        exactly once, indented as they may be. An empty line stands between changes at several
        places.
    fails : collection of str
        Exactly the checks that must fail: ``known_values`` in the file of 2.2.2,
        ``2.2.2/known_values`` once it is read.
    whole : str
        Instead of ``change``, where the mistake is another design: whole functions, which take
        the place of the right ones.
    base : str
        The right answer that is changed: a style of the wheats, such as ``plain_loops``; by
        default the solution in the notebook.
    says : str
        What a student is told to go by, as :func:`autograder.judging.guards.said_first` gives it:
        the name of the mistake or, without one, the hint of the first check that fails.

    Raises
    ------
    CheckDefinitionError
        The mistake, the change or the checks are missing.
    """

    name: str
    mistake: str
    change: str = ""
    fails: Collection[str] = ()
    whole: str = ""
    base: str = ""
    says: str = ""

    def __post_init__(self) -> None:
        if not self.mistake or not self.fails or isinstance(self.fails, str):
            raise CheckDefinitionError(
                f"the chaff {self.name} needs a sentence that says the mistake, and `fails`, "
                "a list of the checks that it must fail"
            )
        if bool(self.change) == bool(self.whole) or (self.whole and self.base):
            raise CheckDefinitionError(
                f"the chaff {self.name} needs either a `change`, with a `base` or without, or "
                "`whole` functions"
            )

    @property
    def exercise(self) -> str:
        """The id of the exercise whose answer is wrong."""
        return next(iter(self.fails)).partition("/")[0]


def all_chaffs(course: Course | None = None) -> tuple[Chaff, ...]:
    """Every chaff of a course, by default of :func:`autograder.course.course.find_course`.

    Raises
    ------
    CheckDefinitionError
        One is written wrongly.
    """
    return tuple(chaff for path in chaff_files(course) for chaff in read_chaffs(path))


def find_chaff(name: str, course: Course | None = None) -> Chaff:
    """Look a chaff up by its name, such as ``2_2_2_one_maximum``.

    Raises
    ------
    CheckDefinitionError
        There is none of that name.
    """
    for chaff in all_chaffs(course):
        if chaff.name == name:
            return chaff
    raise CheckDefinitionError(f"there is no chaff {name!r}; exercises/*/chaffs.py hold them")


def chaff_files(course: Course | None = None) -> list[Path]:
    """The modules that hold the chaffs, one for each exercise that has some, in order."""
    course = course or find_course()
    return [path for exercise in course.exercises for path in course.checks(exercise, FILE)]


@cache
def read_chaffs(path: Path) -> tuple[Chaff, ...]:
    """Read the chaffs of one exercise.

    Raises
    ------
    CheckDefinitionError
        One is written wrongly, two bear the same name, or one fails checks of another exercise.
    ExerciseError
        The folder's name does not begin with the number of an exercise.
    """
    folder = path.parent.name
    named = ROOM.fullmatch(folder)
    if named is None:
        raise ExerciseError(f"there is no exercise {folder!r}; call the folder like 2_2_2_softmax")
    exercise = named[1].replace("_", ".")
    spec = importlib.util.spec_from_file_location(f"chaffs_of_{folder}", path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, NameError, ImportError, TypeError) as error:
        raise CheckDefinitionError(f"{path} cannot be read ({error}); mend that line") from error
    if not getattr(module, "CHAFFS", None):
        raise CheckDefinitionError(f"{path} has no list CHAFFS with chaffs in it; write one")
    chaffs = [_in_full(chaff, exercise) for chaff in module.CHAFFS]
    names = [chaff.name for chaff in chaffs]
    for name in names:
        if names.count(name) > 1:
            raise CheckDefinitionError(f"several chaffs in {path} are called {name}; rename one")
    return tuple(chaffs)


def _in_full(chaff: Chaff, exercise: str) -> Chaff:
    fails = frozenset(c if "/" in c else f"{exercise}/{c}" for c in chaff.fails)
    for check in sorted(fails):
        if not check.startswith(f"{exercise}/"):
            raise CheckDefinitionError(
                f"the chaff {chaff.name} of exercise {exercise} fails {check}, a check of "
                "another exercise; a chaff may fail checks of its own exercise only"
            )
    return replace(chaff, name=prefix_of(exercise) + chaff.name, fails=fails)


def prefix_of(exercise: str) -> str:
    """What the names of an exercise's chaffs begin with, such as ``2_2_2_``."""
    return exercise.replace(".", "_") + "_"


def broken_chaffs(course: Course) -> Iterator[str]:
    """What is wrong with a course's chaffs, without judging any: they are read and applied."""
    for path in chaff_files(course):
        try:
            for chaff in read_chaffs(path):
                yield from _does_not_apply(chaff, course)
        except CourseError as error:
            yield str(error)


def _does_not_apply(chaff: Chaff, course: Course) -> Iterator[str]:
    try:
        wrong_answer(chaff, course)
    except CourseError as error:
        yield str(error)


def wrong_answer(chaff: Chaff, course: Course | None = None) -> str:
    """What stands in the answer cell of somebody who makes this mistake.

    Raises
    ------
    CheckDefinitionError
        The text to change is not there exactly once, or there is no such base.
    """
    course = course or find_course()
    if chaff.whole:
        return f"{solution(chaff.exercise, course)}\n\n\n{textwrap.dedent(chaff.whole).strip()}\n"
    lines = _base(chaff, course).splitlines()
    places = sorted((*_find(gone, lines, chaff), come) for gone, come in _changes(chaff))
    if any(start < end for (_, end, *_), (start, *_) in pairwise(places)):
        raise CheckDefinitionError(f"the chaff {chaff.name} changes a line twice; join the changes")
    for start, end, indent, come in reversed(places):
        lines[start:end] = [f"{indent}{text}".rstrip() for text in come]
    return "\n".join(lines) + "\n"


def _base(chaff: Chaff, course: Course) -> str:
    if not chaff.base:
        return solution(chaff.exercise, course)
    notebook = course.find(chaff.exercise).notebook
    styles = {path.parent.name: path for path in wheats(course, notebook)}
    if chaff.base not in styles:
        raise CheckDefinitionError(
            f"the chaff {chaff.name} changes {chaff.base!r}, and no wheat of {notebook} is called "
            f"so; there are {', '.join(styles)}"
        )
    return styles[chaff.base].read_text(encoding="utf-8")


def _changes(chaff: Chaff) -> Iterator[tuple[list[str], list[str]]]:
    """The lines that a change looks for, and those that it puts there."""
    for part in re.split(r"\n\n+", textwrap.dedent(chaff.change).strip("\n")):
        marks = [line[:2].strip() for line in part.splitlines()]
        if not set(marks) <= {"-", "+", ""} or set(marks) <= {"+"} or set(marks) == {""}:
            raise CheckDefinitionError(
                f"the chaff {chaff.name}: each line of a change begins with `- ` (it goes), `+ ` "
                f"(it comes) or two spaces (it stays), and some must go or come; this is: {part}"
            )
        texts = textwrap.dedent("\n".join(line[2:] for line in part.splitlines())).split("\n")
        lines = list(zip(marks, texts, strict=True))
        yield [t for mark, t in lines if mark != "+"], [t for mark, t in lines if mark != "-"]


def _find(gone: list[str], lines: list[str], chaff: Chaff) -> tuple[int, int, str]:
    """The one place of some lines: where they begin and end, and how far they are indented."""
    found = []
    for start, line in enumerate(lines):
        end, indent = start + len(gone), line.removesuffix(gone[0])
        if not indent.strip() and lines[start:end] == [f"{indent}{text}".rstrip() for text in gone]:
            found.append((start, end, indent))
    if len(found) != 1:
        raise CheckDefinitionError(
            f"the chaff {chaff.name} changes text that was found {len(found)} times in "
            f"{chaff.base or 'the solution'}; it must be there once: {' | '.join(gone)}"
        )
    return found[0]
