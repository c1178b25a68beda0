"""Libraries whose arrays count as plain data, and whose random numbers start from a known place.

A course names, for each such library, a module that knows it (``[libraries.NAME]`` in
``course.toml``). That module does not import the library, which is large: before it
is imported, there can be no value of it. It defines

* ``is_array(value)``: whether a value is one of the library's arrays;
* ``to_array(value)``: the same as an array of NumPy, or an ``Opaque``;
* ``start_draws(number)``: start the library's generator of random numbers, if it is there;
* ``get_ready()``: import the library, and what it brings along only when it is first used.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

KNOWN: list[ModuleType] = []
"""The modules in use. They are looked through for each value that is no plain data."""


def use(modules: Iterable[str]) -> None:
    """Let the values of these libraries count as plain data, those of no other any more."""
    KNOWN[:] = [import_module(name) for name in modules if name]
