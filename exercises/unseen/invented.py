"""Alphabets that exist for one run only: characters invented, then written by many hands.

What a network has learnt beforehand is worth nothing on them: which strokes make which character
is drawn anew for each run. Pixels in another order would hide less: whoever knows how often each
pixel of a letter is inked finds the order again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.datasets.model import SIDE

STROKES, POINTS = 2, 4
"""A character is so many smooth lines, each laid through so many points."""
PIECES = 8
"""A line from one point to the next is drawn in so many pieces."""
HALF = 12.0  # pixels: half the longer side of a character
# Standard deviations in a hand of wildness 1, in units of half a character's size.
LOOSE = 0.12  # of each point
TURN = 0.12  # of the four numbers that turn, slant and stretch a character
SHIFT = 0.06
PEN = (0.9, 1.6)  # pixels: the standard deviation of ink across a line
DARK = 1.3  # so much ink, where 1 is black, lies on the middle of a line
AT_ONCE = 400


@dataclass(frozen=True)
class Alphabet:
    """Characters that nobody has seen: the points of their strokes.

    Attributes
    ----------
    points : ndarray, shape (C, STROKES, POINTS, 2)
        In the square from -1 to 1.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, y = invented(rng, 5).write(3, rng)
    >>> x.shape, y.sum(axis=0).tolist()
    ((15, 1024), [3.0, 3.0, 3.0, 3.0, 3.0])
    """

    points: np.ndarray

    def write(
        self, each: int, rng: np.random.Generator, wild: float = 1.0
    ) -> tuple[np.ndarray, np.ndarray]:
        """Write every character anew, each time in another hand and with another pen.

        Parameters
        ----------
        each : int
            So many of each character.
        rng : numpy.random.Generator
        wild : float
            How freely the hands write; 0 repeats the characters.

        Returns
        -------
        x : ndarray, shape (each * C, 1024), float32
            Ink 0 on paper 1, in an order drawn at random.
        y : ndarray, shape (each * C, C), one-hot
        """
        classes = len(self.points)
        labels = rng.permutation(np.repeat(np.arange(classes), each))
        parts = np.array_split(labels, max(1, len(labels) // AT_ONCE))
        inks = [_drawn(self._by_hand(part, rng, wild), rng) for part in parts]
        return 1 - np.concatenate(inks), np.eye(classes)[labels]

    def _by_hand(self, labels: np.ndarray, rng: np.random.Generator, wild: float) -> np.ndarray:
        """The points of these characters, moved, turned and shifted."""
        n = len(labels)
        points = self.points[labels]
        points = points + wild * LOOSE * rng.standard_normal(points.shape)
        turned = np.eye(2) + wild * TURN * rng.standard_normal((n, 1, 2, 2))
        return points @ turned + wild * SHIFT * rng.standard_normal((n, 1, 1, 2))


def invented(rng: np.random.Generator, classes: int = 36) -> Alphabet:
    """Invent an alphabet."""
    points = rng.uniform(-1, 1, (classes, STROKES, POINTS, 2))
    low, high = (end(points, axis=(1, 2), keepdims=True) for end in (np.min, np.max))
    return Alphabet(2 * (points - low) / (high - low) - 1)


def _drawn(points: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Ink, shape (N, 1024), float32: a blot for each piece of each line."""
    line = (_smooth() @ points) * HALF + (SIDE - 1) / 2
    ends, starts = line[..., 1:, :], line[..., :-1, :]
    n = len(points)
    places = ((ends + starts) / 2).reshape(n, -1, 2).astype(np.float32)
    lengths = np.sqrt(((ends - starts) ** 2).sum(axis=-1)).reshape(n, -1, 1)
    pens = rng.uniform(*PEN, (n, 1, 1)).astype(np.float32)
    pixels = np.arange(SIDE, dtype=np.float32)
    across, down = (np.exp(-(((places[..., k : k + 1] - pixels) / pens) ** 2) / 2) for k in (0, 1))
    down *= (DARK / np.sqrt(2 * np.pi) * lengths / pens).astype(np.float32)
    return np.minimum(1, down.transpose(0, 2, 1) @ across).reshape(n, -1)


def _smooth() -> np.ndarray:
    """What lays a smooth line through points (E. Catmull and R. Rom, 1974), as a matrix."""
    points = np.eye(POINTS)
    beyond = 2 * points[[0, -1]] - points[[1, -2]]
    points = np.concatenate([beyond[:1], points, beyond[1:]])
    t = np.linspace(0, 1, PIECES, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        cubic = (3 * (b - c) + d - a) * t + (2 * a - 5 * b + 4 * c - d)
        pieces.append(b + 0.5 * t * ((c - a) + t * cubic))
    return np.concatenate([*pieces, points[-2:-1]])
