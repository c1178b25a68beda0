"""Derivatives as central differences: known from values alone, whatever a formula says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

STEP = 1e-5


def slope(function: Callable[[float], Any], at: float, step: float = STEP) -> Any:
    """The derivative of a function of one number.

    Examples
    --------
    >>> round(slope(lambda x: x**2, 3.0), 6)
    6.0
    """
    return (function(at + step) - function(at - step)) / (2 * step)


def slopes(function: Callable[[np.ndarray], Any], at: np.ndarray) -> np.ndarray:
    """The derivatives of a number or an array by every entry of an array.

    The axes of the result come first, then those of `at`.

    Examples
    --------
    >>> slopes(lambda x: x**2, np.array([1.0, 2.0])).round(6)
    array([[2., 0.],
           [0., 4.]])
    """
    columns = []
    for index in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[index] = STEP
        columns.append((function(at + step) - function(at - step)) / (2 * STEP))
    along = np.moveaxis(np.array(columns), 0, -1)
    return along.reshape(*along.shape[:-1], *at.shape)
