"""The course's own functions, out of the answer cells of its notebooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from autograder.course.reference import source_cells
from helpers.checking.answers import load_answers
from helpers.errors import NotebookError


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
