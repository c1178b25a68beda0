"""Ways to cut a data set into batches that leave nothing to chance.

``train`` of exercise 2.4 takes the function that makes its batches as an argument. With one
of these in place of ``get_random_batches`` a run can be repeated exactly, which is what one
wants while looking for a mistake. All have the signature of ``get_random_batches``.
"""

from __future__ import annotations

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
