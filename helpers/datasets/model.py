"""What every loader gives back: plain arrays in small frozen dataclasses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CLASSES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""The 36 characters in the order of their labels: A is 0, Z is 25, 0 is 26, 9 is 35."""

SIDE = 32
"""Height and width of an image, in pixels."""

GREY = (SIDE, SIDE)
"""The shape of one picture in shades of grey."""
COLOUR = (3, SIDE, SIDE)
"""The shape of one colour picture: the red, green and blue channels first, as in PyTorch."""


@dataclass(frozen=True)
class Split:
    """One part of a data set: training, validation or test.

    Attributes
    ----------
    x : ndarray, shape (N, D)
        One example a row.  Letters have D = 1024: row by row, 0 (ink) to 1 (paper).  Colour
        pictures have D = 3072, 0 (dark) to 1 (bright): all of red, then green, then blue.
    y : ndarray, shape (N, C), float
        The class of each example, one-hot.
    shape : tuple of int
        The shape of one picture, `GREY` or `COLOUR`; its entries multiply to D.

    Examples
    --------
    >>> two = Split(np.zeros((2, 3072), np.float32), one_hot(np.array([7, 0]), 10), COLOUR)
    >>> two.images.shape, two.labels
    ((2, 3, 32, 32), array([7, 0]))
    """

    x: np.ndarray
    y: np.ndarray
    shape: tuple[int, ...] = GREY

    @property
    def labels(self) -> np.ndarray:
        """The classes as numbers, shape (N,), integers from 0 to C - 1."""
        return self.y.argmax(axis=1)

    @property
    def images(self) -> np.ndarray:
        """The examples as pictures, upright: a view of `x`.

        Letters come in shape (N, 32, 32), colour pictures in shape (N, 3, 32, 32).
        """
        return self.x.reshape(-1, *self.shape)

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
    classes : str, or tuple of str
        ``classes[k]`` is what label ``k`` means: a character, or a word such as ``"ship"``.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    classes: Sequence[str] = CLASSES


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
