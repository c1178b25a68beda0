"""What a call left behind in its arguments, for a caller in another process.

A function that stands in runs elsewhere, on copies. What it changed must be changed here as well,
and as a function in this process would have: an array that it wrote into keeps its identity, a new
value in a dict takes the old one's place.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checking.plain import plain, same

from .watched import entries_of

Changes = list[dict[str, Any] | None]


def remember(values: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Arguments as they are before a call: the parts of each, and a copy.

    Dicts are taken apart one level deep: such are the ``params`` that functions share.
    """
    return [_remembered(value) for value in values]


def _remembered(value: Any) -> tuple[Any, Any]:
    if isinstance(value, dict):
        parts = dict(entries_of(value))
        return parts, copy.deepcopy(parts)
    return None, None if callable(value) else copy.deepcopy(value)


def changes(before: Sequence[tuple[Any, Any]], values: Sequence[Any]) -> Changes:
    """What became of each argument: ``None`` where nothing did.

    Examples
    --------
    >>> params = {"W": np.zeros(2), "b": 1.0, "old": 0}
    >>> before = remember([params])
    >>> params["W"] += 1; params["b"] = 2.0; del params["old"]
    >>> changes(before, [params])
    [{'inside': {'W': array([1., 1.])}, 'set': {'b': 2.0}, 'gone': ['old']}]
    """
    return [_changes_of(*was, value) for was, value in zip(before, values, strict=True)]


def _changes_of(parts: Any, was: Any, value: Any) -> dict[str, Any] | None:
    if callable(value):
        return None
    if not isinstance(value, dict):
        now = plain(value)
        return None if same(plain(was), now) else {"value": now}
    entries = dict(entries_of(value))
    gone = [key for key in parts if key not in entries]
    found: dict[str, Any] = {"inside": {}, "set": {}, "gone": gone}
    for key, entry in entries.items():
        now = plain(entry)
        kept = key in parts and parts[key] is entry
        if not kept or not same(plain(was[key]), now):
            found["inside" if kept else "set"][key] = now
    return found if any(found.values()) else None


def take_over(values: Sequence[Any], found: Changes) -> None:
    """Change arguments as a call elsewhere changed its copies of them.

    Examples
    --------
    >>> w = np.zeros(2)
    >>> params = {"W": w, "old": 0}
    >>> take_over([params], [{"inside": {"W": np.ones(2)}, "set": {"b": 2.0}, "gone": ["old"]}])
    >>> w, params
    (array([1., 1.]), {'W': array([1., 1.]), 'b': 2.0})
    """
    for value, change in zip(values, found, strict=True):
        if change is None:
            continue
        if not isinstance(value, dict):
            write_into(value, change["value"])
            continue
        for key in change["gone"]:
            value.pop(key, None)
        for key, entry in change["inside"].items():
            if not write_into(value.get(key), entry):
                value[key] = entry
        value.update(change["set"])


def write_into(old: Any, new: Any) -> bool:
    """Give an array, a list or a dict other contents; whether that could be done."""
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.shape == new.shape:
        np.copyto(old, new, casting="unsafe")
        return True
    if isinstance(old, list) and isinstance(new, list):
        old[:] = new
        return True
    if isinstance(old, dict) and isinstance(new, Mapping):
        old.clear()
        old.update(new)
        return True
    return False
