"""What an answer uses that is not there where it is graded: files beside it, other libraries."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from helpers.checking.show import in_a_row
from helpers.checking.tracebacks import HELPERS, LIBRARIES

OURS = (*LIBRARIES, sys.base_prefix, sys.prefix, HELPERS)


def note_on(functions: Iterable[str], namespace: Mapping[str, Any], packages: Iterable[str]) -> str:
    """One sentence for the student, or an empty text where all that is used will be there.

    Parameters
    ----------
    functions : iterable of str
        The functions that an exercise asks for.
    namespace : mapping
        Where they are.
    packages : iterable of str
        What the course installs, such as ``numpy``; what these need is there as well.

    Examples
    --------
    >>> note_on(["exp"], {"exp": lambda x: x}, [])
    ''
    """
    files, modules = used_of_others(functions, namespace)
    foreign = [name for name in modules if not comes_with(name, packages)]
    notes = []
    if files:
        without = in_a_row(files)
        notes.append(
            f"Graded is the notebook alone, without {without}: move what you use of it into a cell."
        )
    if foreign:
        notes.append(
            f"Where this is graded, there is no {in_a_row(foreign)}: the course does not need it."
        )
    return " ".join(notes)


def used_of_others(
    functions: Iterable[str], namespace: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """On what functions rest that is not in the notebook.

    Returns
    -------
    files : list of str
        Files of the student's own, such as ``["tools.py"]``.
    modules : list of str
        Libraries, such as ``["numpy", "pandas"]``.
    """
    files: set[str] = set()
    modules: set[str] = set()
    seen: set[int] = set()
    waiting = [namespace.get(name) for name in functions]
    while waiting:
        value = waiting.pop()
        if id(value) in seen or not isinstance(value, (FunctionType, ModuleType)):
            continue
        seen.add(id(value))
        file = _file_of(value)
        if any(part in file for part in LIBRARIES):
            modules.add(_home_of(value))
        elif file.endswith(".py") and not file.startswith("<") and not _is_ours(file):
            files.add(Path(file).name)
        elif isinstance(value, FunctionType):
            waiting += [value.__globals__.get(name) for name in _names(value.__code__)]
    return sorted(files), sorted(modules - {""})


def comes_with(module: str, packages: Iterable[str]) -> bool:
    """Whether a library is installed with these packages, or with what they need.

    Examples
    --------
    >>> comes_with("pooch", ["pooch"]), comes_with("requests", ["pooch"]), comes_with("click", [])
    (True, True, False)
    """
    packages = list(packages)
    if module in packages:
        return True
    names = {name.casefold() for name in packages_distributions().get(module, ())}
    return not names or bool(names & _with_what_they_need(tuple(packages)))


@cache
def _with_what_they_need(packages: tuple[str, ...]) -> frozenset[str]:
    """The names of distributions, in small letters; what is optional does not count."""
    found: set[str] = set()
    waiting = [name.casefold() for name in packages]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            with suppress(PackageNotFoundError):
                waiting += [
                    re.split(r"[^\w.-]", needed)[0].casefold()
                    for needed in requires(name) or ()
                    if "extra ==" not in needed
                ]
    return frozenset(found)


def _home_of(value: FunctionType | ModuleType) -> str:
    name = value.__name__ if isinstance(value, ModuleType) else value.__module__
    return str(name or "").partition(".")[0]


def _file_of(value: FunctionType | ModuleType) -> str:
    if isinstance(value, FunctionType):
        return value.__code__.co_filename
    return getattr(value, "__file__", None) or ""


def _is_ours(file: str) -> bool:
    """Whether a file is the course's, Python's, a library's or a cell of the notebook."""
    return "ipykernel" in file or any(part in file for part in OURS)


def _names(code: CodeType) -> set[str]:
    """The global names in a function's code, and in functions that it defines."""
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(_names, inner))
