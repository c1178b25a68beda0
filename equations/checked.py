"""Hold every numbered equation of a notebook against its values, and say what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.course import Course
from equations.chapter import Chapter
from equations.chapters import chapter_of
from equations.printed import misprints, numbered
from helpers.errors import CourseError


@dataclass(frozen=True)
class Checked:
    """An equation that holds.

    Attributes
    ----------
    tag : str
        Its number, such as ``"1.1.5"``.
    latex : str
        What is printed, without the number.
    values : int
        At how many sets of values it was held.
    misprints : int
        How many misprints of it the tests try, all of which must be noticed.
    function : str
        The name of the function that brings the values.
    source : str
        The text of that function.
    file : str
        Where it is.
    """

    tag: str
    latex: str
    values: int
    misprints: int
    function: str
    source: str
    file: str


def checked_equations(course: Course, notebook: str) -> Iterator[Checked]:
    """Hold every numbered equation of a notebook against numbers.

    Parameters
    ----------
    course : Course
    notebook : str
        Its name.

    Raises
    ------
    CourseError
        An equation does not hold, or no values are known for it.
    """
    printed = numbered(course.read_notebook(notebook))
    if not printed:
        return
    chapter = chapter_of(notebook)
    for tag, latex in printed.items():
        if tag not in chapter.values:
            raise CourseError(
                f"no values are known at which equation ({tag}) of {notebook} must hold; add a "
                f"function that yields some to {_file(chapter, next(iter(chapter.values)))}"
            )
        yield _check(chapter, tag, latex)


def _check(chapter: Chapter, tag: str, latex: str) -> Checked:
    try:
        count = chapter.verify(tag, latex)
    except Exception as error:
        raise CourseError(f"equation ({tag}) does not hold as it is printed: {error}") from error
    return Checked(
        tag, latex, count, len(misprints(latex)), chapter.values[tag].__name__,
        chapter.source(tag), _file(chapter, tag),
    )  # fmt: skip


def _file(chapter: Chapter, tag: str) -> str:
    return chapter.values[tag].__module__.replace(".", "/") + ".py"
