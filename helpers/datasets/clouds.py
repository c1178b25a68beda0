"""The toy problem of exercise 2.4: four clouds of points in the plane."""

from __future__ import annotations

import numpy as np

CENTRES = np.array([[3.0, 30.0], [4.2, 12.0], [1.8, 12.0], [2.9, 21.0]])
"""The middle of each cloud, one row a class: first feature, second feature."""

SPREADS = np.array([[0.45, 2.2], [0.30, 2.4], [0.40, 1.8], [0.25, 1.6]])
"""The standard deviation of each cloud along either feature, one row a class."""


def four_clouds(
    n_per_class: int = 10, rng: np.random.Generator | int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Draw points from four Gaussian clouds in the plane.

    The two features have unequal scales on purpose (the first runs over 1 to 5, the second
    over 5 to 35): a network with a poor learning rate shows it at once.  Neighbouring clouds
    come close but hardly overlap, so a small network gets nearly every point right.

    Parameters
    ----------
    n_per_class : int
        How many points each cloud gives, at least 1.
    rng : numpy.random.Generator, int or None
        Where the randomness comes from: a generator, a seed, or None for a fresh draw.

    Returns
    -------
    x : ndarray, shape (4 * n_per_class, 2), float64
        The points, cloud after cloud (not shuffled).
    y : ndarray, shape (4 * n_per_class, 4), float64
        Their classes, one-hot.

    Raises
    ------
    ValueError
        If ``n_per_class`` is less than 1.

    Examples
    --------
    >>> x, y = four_clouds(n_per_class=10, rng=0)
    >>> x.shape, y.shape
    ((40, 2), (40, 4))
    >>> y.sum(axis=0)
    array([10., 10., 10., 10.])
    """
    if n_per_class < 1:
        raise ValueError(f"n_per_class is {n_per_class}; it must be a whole number of at least 1")
    rng = np.random.default_rng(rng)
    noise = rng.standard_normal((len(CENTRES), n_per_class, 2))
    x = (CENTRES[:, None, :] + noise * SPREADS[:, None, :]).reshape(-1, 2)
    y = np.repeat(np.eye(len(CENTRES)), n_per_class, axis=0)
    return x, y
