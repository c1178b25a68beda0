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


def draws() -> tuple:
    """Where Python's and NumPy's generators stand.

    Examples
    --------
    >>> here = draws(); first = np.random.rand(), random.random()
    >>> set_draws(here); first == (np.random.rand(), random.random())
    True
    """
    return random.getstate(), np.random.get_state()


def set_draws(where: tuple) -> None:
    """Let the generators go on from where `draws` found them.

    Raises
    ------
    ValueError
        That is no place: NumPy itself would read beyond its table of numbers.
    """
    pythons, (kind, key, place, has_gauss, gauss) = where
    if not (kind == "MT19937" and len(key) == 624 and 0 <= place <= 624 and has_gauss in (0, 1)):
        raise ValueError(f"a generator cannot stand at {place} of {len(key)} numbers")
    random.setstate(pythons)
    np.random.set_state((kind, key, place, has_gauss, gauss))


def same_draws(one: tuple, other: tuple) -> bool:
    """Whether the generators stand where they stood.

    Examples
    --------
    >>> here = draws()
    >>> same_draws(here, draws()), same_draws(here, [np.random.rand(), draws()][1])
    (True, False)
    """
    (pythons, (_, key, *rest)), (others, (_, its, *left)) = one, other
    return pythons == others and rest == left and np.array_equal(key, its)
