"""What an answer uses that is not handed in with the notebook: code in files beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from helpers.checking.show import in_a_row
from helpers.checking.tracebacks import HELPERS, LIBRARIES

OURS = (*LIBRARIES, sys.base_prefix, sys.prefix, HELPERS)


def files_used(functions: Iterable[str], namespace: Mapping[str, Any]) -> list[str]:
    """The names of files of the student's own on which functions rest.

    Parameters
    ----------
    functions : iterable of str
        The functions that an exercise asks for.
    namespace : mapping
        Where they are.

    Returns
    -------
    list of str
        Such as ``["tools.py"]``, in order of the alphabet.

    Examples
    --------
    >>> files_used(["exp"], {"exp": lambda x: x})
    []
    """
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [namespace.get(name) for name in functions]
    while waiting:
        value = waiting.pop()
        if id(value) in seen or not isinstance(value, (FunctionType, ModuleType)):
            continue
        seen.add(id(value))
        file = _file_of(value)
        if file.endswith(".py") and not file.startswith("<") and not _is_ours(file):
            found.add(Path(file).name)
        elif isinstance(value, FunctionType):
            waiting += [value.__globals__.get(name) for name in _names(value.__code__)]
    return sorted(found)


def note_on(files: Sequence[str]) -> str:
    """One sentence for the student, or an empty text where there are no such files.

    Examples
    --------
    >>> note_on(["tools.py"])
    'Graded is the notebook alone, without tools.py: move what you use of it into a cell.'
    """
    if not files:
        return ""
    named = in_a_row(files)
    return f"Graded is the notebook alone, without {named}: move what you use of it into a cell."


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
