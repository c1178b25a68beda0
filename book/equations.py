"""How every displayed equation is checked: read from the project's own tests.

``tests/test_derivations_NN.py`` holds, for every tagged equation of a notebook, a function that
yields values at which the equation must hold *as printed*. Here each of them is run once more
when the book is built, so that a mark in the book is the outcome of a check, not a promise.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.course.course import Course
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
    test : callable
        Yields the values at which it is held.
    values : int
        At how many sets of values it was held.
    misprints : int
        How many misprints of it the tests try, all of which must be noticed.
    file : str
        Where the test is.
    """

    tag: str
    latex: str
    test: Callable[..., Any]
    values: int
    misprints: int
    file: str

    @property
    def source(self) -> str:
        """The text of the test's function."""
        return inspect.getsource(self.test).rstrip()


def checked_equations(course: Course, notebook: str) -> Iterator[Checked]:
    """Hold every tagged equation of a notebook against numbers.

    Raises
    ------
    CourseError
        An equation does not hold, or no test knows it.
    """
    printed = _printed(course, notebook)
    if not printed:
        return
    tests = _tests(course, notebook)
    for tag, latex in printed.items():
        if tag not in tests.ENVIRONMENTS:
            raise CourseError(
                f"equation ({tag}) of {notebook} is verified by no test; add it to "
                f"tests/{tests.__name__.rpartition('.')[2]}.py"
            )
        yield _check(tests, tag, latex)


def _check(tests: Any, tag: str, latex: str) -> Checked:
    from tests.printed_maths import misprints

    try:
        tests.test_a_formula_holds_as_printed(tag)
    except Exception as error:
        raise CourseError(f"equation ({tag}) does not hold as it is printed: {error}") from error
    test = inspect.unwrap(tests.ENVIRONMENTS[tag])
    values = sum(1 for _ in test(np.random.default_rng()))
    name = tests.__name__.replace(".", "/") + ".py"
    return Checked(tag, latex, test, values, len(misprints(latex)), name)


def _printed(course: Course, notebook: str) -> Mapping[str, str]:
    sys.path[:0] = [str(course.root)] if str(course.root) not in sys.path else []
    from tests.printed_maths import displays

    return {
        tags[0]: latex
        for cell in course.read_notebook(notebook).cells
        if cell.cell_type == "markdown"
        for tags, latex in displays(cell.source)
        if tags
    }


def _tests(course: Course, notebook: str) -> Any:
    number = notebook[:2]
    try:
        return importlib.import_module(f"tests.test_derivations_{number}")
    except ModuleNotFoundError as error:
        raise CourseError(
            f"{notebook} has equations, but tests/test_derivations_{number}.py, which should "
            "verify them, cannot be imported"
        ) from error
