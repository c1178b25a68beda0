"""Pixels and classes in an order that nobody can know beforehand.

A dense network learns as well from them as in their usual order; weights that were trained
beforehand, on letters that everybody has, read nothing in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Shuffle:
    """An order of the pixels and one of the classes.

    Examples
    --------
    >>> shuffle = shuffled(np.random.default_rng(0), pixels=4, classes=3)
    >>> sorted(shuffle.of_pixels(np.array([[1, 2, 3, 4]])).ravel().tolist())
    [1, 2, 3, 4]
    """

    pixels: np.ndarray
    classes: np.ndarray

    def of_pixels(self, x: np.ndarray) -> np.ndarray:
        """Images, one a row, with their pixels in this order."""
        return np.take(x, self.pixels, axis=1)

    def of_classes(self, y: np.ndarray) -> np.ndarray:
        """One-hot rows with the classes in this order."""
        return np.take(y, self.classes, axis=1)

    def __call__(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both of one set."""
        return self.of_pixels(x), self.of_classes(y)


def shuffled(rng: np.random.Generator, pixels: int = 1024, classes: int = 36) -> Shuffle:
    """Draw a new order of both."""
    return Shuffle(rng.permutation(pixels), rng.permutation(classes))
