"""From the cells of a notebook to the functions that a student wrote.

Running a whole notebook to get at one function is slow and fragile: a plot, a training run
or a broken experiment elsewhere would decide the fate of every exercise. Here only what a
function needs is run. Every top-level statement of the notebook is looked at for the names
that it binds and the names that it uses; starting from the wanted functions the statements
that bind the names needed are collected, and executed in the notebook's order in an empty
namespace.

What counts is what a run of the notebook from the top would show to the check of the
exercise: an experiment further down that takes a name again changes nothing. Where that
leaves a name without a value, the whole notebook is searched.
"""

from __future__ import annotations

import builtins
import inspect
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.checking.statements import Cell, Statement, is_stub, read_statements
from helpers.checking.student import describe, why_missed
from helpers.checking.tracebacks import own_lines

__all__ = ["Answers", "Cell", "is_stub", "load_answers"]

MAX_SAID = 600  # characters of the first line of a problem
BUILTINS = frozenset(dir(builtins))


@dataclass
class Answers:
    """The namespace in which the wanted functions live, and what went wrong on the way.

    ``problems`` maps the name of a cell, and each name that could not be bound because of
    it, to a text that says why.
    """

    namespace: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)


def load_answers(
    cells: Sequence[Cell],
    wanted: Iterable[str],
    standing: Mapping[str, Any] | None = None,
    checked_at: Mapping[str, str] | None = None,
) -> Answers:
    """Execute what the wanted functions need, and only that.

    Parameters
    ----------
    cells : sequence of Cell
        The code cells, in the notebook's order. A cell that bears the name of a graded cell,
        such as ``q2-2-2-check``, says where that exercise is checked; it may be empty.
    wanted : iterable of str
        Names of functions.
    standing : mapping of str to object, optional
        What these names mean, whatever ``cells`` say: functions that stand in for wrong ones.
    checked_at : mapping of str to str, optional
        For each function that the course asks for, the name of the cell that checks it. What
        the notebook binds further down does not count for that function.

    Returns
    -------
    Answers
        Never raises for what is in the cells: a syntax error or an exception is a problem
        of the names concerned.

    Examples
    --------
    >>> cells = [Cell("import math", "a"), Cell("1 / 0", "b"),
    ...          Cell("def area(r):\\n    return math.pi * r**2", "c")]
    >>> round(load_answers(cells, ["area"]).namespace["area"](1.0), 3)
    3.142
    """
    problems: dict[str, str] = {}
    standing = standing or {}
    statements = read_statements(cells, problems)
    places = {cell.name: place for place, cell in enumerate(cells)}
    ends = {n: places[cell] for n, cell in (checked_at or {}).items() if cell in places}
    namespace = _fresh_namespace()
    namespace |= standing
    for statement in _Search(statements, ends, standing).needed(wanted):
        _execute(statement, namespace, problems)
    namespace |= standing
    _free_builtins(namespace)
    return Answers(namespace, problems)


class _Search:
    """Finds the statements that names depend on."""

    def __init__(
        self,
        statements: Sequence[Statement],
        ends: Mapping[str, int],
        settled: Iterable[str] = (),
    ):
        self._statements = statements
        self._ends = ends
        self._settled = frozenset(settled)
        self._binders = _index(statements, "binds")
        self._changers = _index(statements, "changes")

    def needed(self, wanted: Iterable[str]) -> list[Statement]:
        """The statements that the wanted names depend on, in their order."""
        wanted = set(wanted)
        self._horizon = max((self._end_of(name, math.inf) for name in wanted), default=math.inf)
        chosen: set[int] = set()
        seen = set(self._settled)
        names = wanted - seen
        stars = [i for i in self._binders.get("*", ()) if self._place(i) <= self._horizon]
        self._take(stars, chosen, names)
        while names - seen:
            name = (names - seen).pop()
            seen.add(name)
            self._take(self._statements_for(name), chosen, names)
        return [self._statements[index] for index in sorted(chosen)]

    def _take(self, indices: Iterable[int], chosen: set[int], names: set[str]) -> None:
        for index in indices:
            chosen.add(index)
            names |= self._statements[index].uses

    def _statements_for(self, name: str) -> list[int]:
        """The statements that give a name its value, and those that change it afterwards."""
        end = self._end_of(name, self._horizon)
        bind = self._binders.get(name, [])
        change = self._changers.get(name, [])
        early = [i for i in bind if self._place(i) <= end]
        written = [i for i in early if not self._statements[i].stub]
        if written:
            return written + [i for i in change if self._place(i) <= end]
        if name in BUILTINS:
            return []
        bind = [i for i in bind if not self._statements[i].stub] or bind
        if not bind:
            bind = self._callers_that_set(name) or self._binders.get("*", [])
        return bind + change

    def _callers_that_set(self, name: str) -> list[int]:
        """Statements that use a function which declares the name ``global`` and binds it."""
        setters = {f for s in self._statements if name in s.sets for f in s.binds}
        grown = True
        while grown:
            callers = {f for s in self._statements if s.uses & setters for f in s.binds}
            grown = not callers <= setters
            setters |= callers
        return [i for i, s in enumerate(self._statements) if s.uses & setters]

    def _end_of(self, name: str, otherwise: float) -> float:
        """Where the exercise is checked that asks for a function of this name."""
        return self._ends.get(name, otherwise)

    def _place(self, index: int) -> int:
        return self._statements[index].place


def _index(statements: Sequence[Statement], what: str) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for i, statement in enumerate(statements):
        for name in getattr(statement, what):
            index.setdefault(name, []).append(i)
    return index


def _fresh_namespace() -> dict[str, Any]:
    """What a notebook begins with; IPython's own tools do nothing."""
    return {
        "__name__": "__main__",
        "__builtins__": builtins,
        "get_ipython": _NoIPython,
        "display": _nothing,
        "input": _no_keyboard,
    }


def _execute(statement: Statement, namespace: dict[str, Any], problems: dict[str, str]) -> None:
    try:
        result = eval(statement.code, namespace)
        if statement.code.co_flags & inspect.CO_COROUTINE:
            import asyncio  # slow to import, in every box, and hardly ever needed

            asyncio.run(result)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        why = why_missed(error, problems).partition("\n")[0]
        said = f"the cell {statement.cell} raised {describe(error)}" + (f": {why}" if why else "")
        text = f"{said[:MAX_SAID]}\n{own_lines(error)}".strip()
        problems.setdefault(statement.cell, text)
        for name in statement.binds:  # "*", too: what an import of everything would have brought
            problems.setdefault(name, text)


def _free_builtins(namespace: dict[str, Any]) -> None:
    """Give ``sum`` and the like back where an experiment used the name for a number."""
    for name in BUILTINS & namespace.keys():
        if callable(getattr(builtins, name)) and not callable(namespace[name]):
            del namespace[name]


class _NoIPython:
    """Stands in for the shell where there is none: magics and commands do nothing."""

    def __getattr__(self, name: str) -> Any:
        return _nothing


def _no_keyboard(*args: Any, **kwargs: Any) -> str:
    """Say why nothing can be typed in here."""
    raise EOFError("input() has no keyboard here: write the value itself in its place")


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Do nothing."""
