"""Where the draws of a student's functions start, so that a verdict can be had again."""

from __future__ import annotations

import random

import numpy as np

from helpers.checking import libraries


def start_draws(number: int) -> None:
    """Start the generators that everybody shares: Python's, NumPy's, those of known libraries.

    A generator that a student makes without a seed stays a matter of chance.

    Parameters
    ----------
    number : int
        At least 0 and below 2**32.

    Examples
    --------
    >>> start_draws(7); first = np.random.rand()
    >>> start_draws(7); first == np.random.rand()
    True
    """
    random.seed(number)
    np.random.seed(number)
    for library in libraries.KNOWN:
        library.start_draws(number)
