"""How a camera sees a sheet that lies before it: askew, and one edge nearer than the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class View:
    """A projective map from the sheet to the photograph, both in pixels.

    Attributes
    ----------
    middle : ndarray, shape (2,)
        The point (x, y) that stays where it is.
    tilt : float
        The turn of the sheet, as a tangent.
    fade : ndarray, shape (2,)
        How fast the scale shrinks along x and y, per pixel.
    """

    middle: np.ndarray
    tilt: float
    fade: np.ndarray

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Map points (x, y), shape (N, 2)."""
        x, y = (np.asarray(points, dtype=float) - self.middle).T
        depth = 1.0 + self.fade[0] * x + self.fade[1] * y
        seen = np.stack([(x - self.tilt * y) / depth, (y + self.tilt * x) / depth], axis=1)
        return seen + self.middle


def choose_view(
    width: int, height: int, tilt: float, perspective: float, rng: np.random.Generator
) -> View:
    """Draw the direction in which the scale fades; `perspective` says by how much in all."""
    across = rng.uniform(0.3, 1.0) * rng.choice([-1.0, 1.0])
    fade = perspective * np.array([across / width, rng.choice([-1.0, 1.0]) / height])
    return View(np.array([width / 2, height / 2]), tilt, fade)
