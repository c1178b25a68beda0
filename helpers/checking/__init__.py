"""Checks: what they are written with, and what runs them.

A file of checks needs one line: ``from helpers.checking import exercise, expect, hint, points``.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "after": "marks",
    "demand": "marks",
    "exercise": "marks",
    "hint": "marks",
    "limit": "marks",
    "points": "marks",
    "expect": "",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    # Looked up late: the process that runs a student's code uses this package without pytest.
    if name not in _HOME:
        raise AttributeError(f"module 'helpers.checking' has no attribute {name!r}")
    if name == "expect":
        return import_module("helpers.checking.expect")
    return getattr(import_module(f"helpers.checking.{_HOME[name]}"), name)
