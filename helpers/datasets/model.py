"""What every loader gives back: plain arrays in small frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CLASSES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""The 36 characters in the order of their labels: A is 0, Z is 25, 0 is 26, 9 is 35."""

SIDE = 32
"""Height and width of an image, in pixels."""


@dataclass(frozen=True)
class Split:
    """One part of a data set: training, validation or test.

    Attributes
    ----------
    x : ndarray, shape (N, D)
        One example a row; for images D = 1024, row by row, 0 (ink) to 1 (paper).
    y : ndarray, shape (N, C), float
        The class of each example, one-hot.
    """

    x: np.ndarray
    y: np.ndarray

    @property
    def labels(self) -> np.ndarray:
        """The classes as numbers, shape (N,), integers from 0 to C - 1."""
        return self.y.argmax(axis=1)

    @property
    def images(self) -> np.ndarray:
        """The examples as pictures, shape (N, 32, 32), upright: a view of `x`."""
        return self.x.reshape(-1, SIDE, SIDE)

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Dataset:
    """A data set in its three parts.

    Attributes
    ----------
    name : str
        What it was loaded as, such as ``"letters"``.
    train, validation, test : Split
        Fit the weights on the first, choose settings by the second, and look at the third
        once, at the end.
    classes : str
        One character a class; ``classes[k]`` is what label ``k`` means.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    classes: str = CLASSES


def one_hot(labels: np.ndarray, n_classes: int, dtype: type = np.float64) -> np.ndarray:
    """Turn class numbers into rows with a single 1.

    Parameters
    ----------
    labels : ndarray, shape (N,), integers from 0 to n_classes - 1
    n_classes : int
    dtype : type
        Of the result.

    Returns
    -------
    ndarray, shape (N, n_classes)

    Examples
    --------
    >>> one_hot(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    rows = np.zeros((len(labels), n_classes), dtype=dtype)
    rows[np.arange(len(labels)), labels] = 1
    return rows
