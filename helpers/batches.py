"""Ways to cut a data set into batches that leave nothing to chance.

``train`` of exercise 2.4 takes the function that makes its batches as an argument. With one
of these in place of ``get_random_batches`` a run can be repeated exactly, which is what one
wants while looking for a mistake. All have the signature of ``get_random_batches``.
"""

from __future__ import annotations

import itertools

import numpy as np

Batches = list[tuple[np.ndarray, np.ndarray]]


def all_at_once(x: np.ndarray, y: np.ndarray, batch_size: int) -> Batches:
    """One batch that holds everything: plain gradient descent. ``batch_size`` is not used.

    Examples
    --------
    >>> [len(xb) for xb, yb in all_at_once(np.ones((5, 2)), np.ones((5, 3)), 2)]
    [5]
    """
    return [(x, y)]


def one_by_one(x: np.ndarray, y: np.ndarray, batch_size: int) -> Batches:
    """Every example a batch of its own, in order. ``batch_size`` is not used.

    Examples
    --------
    >>> [xb.shape for xb, yb in one_by_one(np.ones((3, 2)), np.ones((3, 4)), 2)]
    [(1, 2), (1, 2), (1, 2)]
    """
    return list(zip(x[:, None], y[:, None], strict=True))


def first_and_rest(x: np.ndarray, y: np.ndarray, batch_size: int) -> Batches:
    """The first example alone, then all others: two batches of very unequal size.

    Examples
    --------
    >>> [len(xb) for xb, yb in first_and_rest(np.ones((5, 2)), np.ones((5, 3)), 2)]
    [1, 4]
    """
    return [(x[:1], y[:1]), (x[1:], y[1:])]


def one_two_and_rest(x: np.ndarray, y: np.ndarray, batch_size: int) -> Batches:
    """The first example, the next two, then all others: three batches, no two of a size.

    Whoever averages over the batches in a wrong way sees it here, whichever way it is.

    Examples
    --------
    >>> [len(xb) for xb, yb in one_two_and_rest(np.ones((7, 2)), np.ones((7, 3)), 2)]
    [1, 2, 4]
    """
    return [(x[:1], y[:1]), (x[1:3], y[1:3]), (x[3:], y[3:])]


def in_turn(x: np.ndarray, y: np.ndarray, batch_size: int) -> Batches:
    """Something else at every call: the examples of one third, then of the next, one by one.

    Who asks for batches once, before the epochs, has the same ones in each of them, and it shows.

    Examples
    --------
    >>> sorted(len(in_turn(np.ones((8, 2)), np.ones((8, 3)), 2)) for _ in range(3))
    [2, 3, 3]
    """
    third = slice(next(_TURNS), None, 3)
    return one_by_one(x[third], y[third], batch_size)


_TURNS = itertools.cycle((0, 1, 2))
