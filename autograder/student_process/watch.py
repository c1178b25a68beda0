"""Which ready-made functions and packages were used, noted where the student's code runs.

A name that is put together while the code runs is noted like any other. It is a hint all the same:
the code can take a note back, or reach a function by a way that nobody watches.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

_FOUND: set[str] = set()
_MODULES: set[str] = set()


def watch(names: Iterable[str]) -> None:
    """Note from now on which of these are used: functions with their modules, and modules.

    A function is watched where its module is loaded by now; a module is noted once it is loaded.

    Examples
    --------
    >>> import statistics
    >>> watch(["statistics.median", "no_such_module"])
    >>> statistics.median([1, 2, 9]), used()
    (2, ['statistics.median'])
    >>> statistics.median = statistics.median.__wrapped__
    """
    _FOUND.clear()
    _MODULES.clear()
    for name in names:
        home, _, last = name.rpartition(".")
        function = getattr(sys.modules.get(home), last, None)
        if callable(function):
            setattr(sys.modules[home], last, _noting(name, function))
        elif name not in sys.modules:
            _MODULES.add(name)


def used() -> list[str]:
    """What was used since :func:`watch` was called."""
    return sorted(_FOUND.union(name for name in _MODULES if name in sys.modules))


def _noting(name: str, function: Callable) -> Callable:
    @wraps(function)
    def noting(*args: Any, **kwargs: Any) -> Any:
        _FOUND.add(name)
        return function(*args, **kwargs)

    return noting
