"""Losses whose gradients are known, to try a numerical gradient on (exercise 2.5).

Each takes a ``params`` dict like a network's loss does, and gives one number. Entries of the
dict are parameters if their name begins with ``W`` or ``b``; the rest is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import numpy as np


def sum_of_cubes(params: Mapping[str, Any]) -> float:
    """Every entry of every parameter cubed, and added up; the gradient is 3 w**2.

    Examples
    --------
    >>> sum_of_cubes({"W": np.array([[1.0, 2.0]]), "b": np.array([3.0])})
    36.0
    """
    return float(sum(np.sum(params[name] ** 3) for name in _parameters(params)))


def square_of_sum(params: Mapping[str, Any]) -> float:
    """Half the square of the sum of all entries; the gradient is that sum, everywhere.

    Examples
    --------
    >>> square_of_sum({"W": np.array([[1.0, 2.0]]), "b": np.array([3.0])})
    18.0
    """
    return float(sum(np.sum(params[name]) for name in _parameters(params)) ** 2 / 2)


def sum_of_cubes_with_cache(params: MutableMapping[str, Any]) -> float:
    """Like :func:`sum_of_cubes`, but leaves a cache in ``params``, as ``forward`` does."""
    total = sum_of_cubes(params)
    params["cache_layer1"] = (np.zeros((1, 1)), np.zeros((1, 1)), np.array([[total]]))
    return total


def _parameters(params: Mapping[str, Any]) -> list[str]:
    return [name for name in params if name.startswith(("W", "b"))]
