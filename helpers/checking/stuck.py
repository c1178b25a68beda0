"""A notebook goes on where an answer is not written yet, or stops with an error.

In Jupyter, a cell that calls such a function says so and counts as done: "Run all" reaches the
cells below. A cell below that misses what the stopped cell would have made says whose fault that
is. Where ``course.toml`` names a stand-in for the exercise, the cells below go on with the course's
own values. The student's own take their place as soon as the cell runs.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Mapping
from typing import Any

from helpers.checking.catalogue import Catalogue, Exercise, catalogue
from helpers.checking.notebook import load_function
from helpers.checking.show import in_a_row
from helpers.checking.statements import NOT_PYTHON
from helpers.checking.tracebacks import own_functions, own_lines
from helpers.errors import StandInError

STOP = ("STOP_AT_ERRORS", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING")
"""Where one of these is in the environment, errors are errors: nobody is there to read lines."""


class Stuck:
    """What cells of one notebook wait for.

    Parameters
    ----------
    course : Catalogue
    """

    def __init__(self, course: Catalogue):
        self._course = course
        self._waiting: dict[str, Exercise] = {}
        self._cell = ""
        self._told: BaseException | None = None

    def before_cell(self, info: Any) -> None:
        """Keep the source of the cell that is about to run."""
        self._cell = info.raw_cell or ""
        self._told = None

    def said(self, error: BaseException, namespace: dict[str, Any]) -> str:
        """What a student reads of an exception that left the cell; empty where it is none of ours.

        Stand-ins are put into the namespace.
        """
        if isinstance(error, StandInError):
            return str(error)
        exercise, why = self._cause(error, namespace)
        if exercise is None:
            return ""
        made = names_made(self._cell)
        self._waiting |= {name: exercise for name in made if name not in namespace}
        return f"This cell waits for exercise {exercise.id}: {why}{self._lend(exercise, namespace)}"

    def _cause(
        self, error: BaseException, namespace: Mapping[str, Any]
    ) -> tuple[Exercise | None, str]:
        """The exercise that a cell waits for, and the rest of the sentence."""
        asked = [name for name in own_functions(error) if self._course.owner_of(name)]
        if asked and isinstance(error, NotImplementedError):
            return self._course.owner_of(asked[-1]), f"`{asked[-1]}` is not written yet."
        if asked:
            lines = own_lines(error)
            return self._course.owner_of(asked[0]), f"`{asked[0]}` stops with an error.\n{lines}"
        name = error.name if isinstance(error, NameError) else ""
        if name in self._waiting and name not in namespace:
            return self._waiting[name], f"`{name}` comes out of it, in a cell above."
        if name and self._course.owner_of(name):
            why = f"the cell that defines `{name}` has not been run."
            return self._course.owner_of(name), why
        return None, ""

    def _lend(self, exercise: Exercise, namespace: dict[str, Any]) -> str:
        """Put the course's own values where the cell would have put the student's."""
        stand_in = self._course.stand_ins.get(exercise.id)
        if not stand_in:
            return ""
        values: Mapping[str, Any] = load_function(stand_in)(namespace)
        made = names_made(self._cell)
        if not values or not values.keys() <= set(made):
            return ""  # another cell, which makes something else by the same name
        namespace.update(values)
        are = "is" if len(values) == 1 else "are"
        return f"\nUntil then {in_a_row([f'`{name}`' for name in values])} {are} the course's own."

    def handle(self, shell: Any, _: type, error: BaseException, tb: Any, tb_offset: Any = None):
        """Print what `said` says in place of a traceback: IPython's handler of exceptions."""
        line = self.said(error, shell.user_ns)
        if not line:
            shell.showtraceback((type(error), error, tb), tb_offset=tb_offset)
            return
        print(line)
        self._told = error

    def after_cell(self, result: Any) -> None:
        """Count a cell as done where its line was printed: the cells below are run as well."""
        if self._told is not None and result.error_in_exec is self._told:
            result.error_in_exec = None


def names_made(source: str) -> list[str]:
    """The names that a cell gives a value, in order.

    Examples
    --------
    >>> names_made("np.random.seed(3)\\nparams = draw()\\ndef low(): first = 1")
    ['params', 'low']
    """
    try:
        tree = ast.parse(source)
    except NOT_PYTHON:
        return []
    found: dict[str, None] = {}
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found[statement.name] = None
            continue
        for target in ast.walk(statement):
            if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
                found[target.id] = None
    return list(found)


def go_on_where_stuck() -> None:
    """Let the notebook that runs go on; outside of one nothing happens. Twice is once."""
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    if (
        shell is None
        or getattr(shell, "goes_on", False)
        or any(name in os.environ for name in STOP)
    ):
        return
    stuck = Stuck(catalogue())
    shell.goes_on = True
    shell.events.register("pre_run_cell", stuck.before_cell)
    shell.events.register("post_run_cell", stuck.after_cell)
    shell.set_custom_exc((Exception,), stuck.handle)
