"""Letters that no student has seen: those of the data set, each warped in a new way."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy import ndimage

from helpers.datasets import load_letters
from helpers.datasets.model import SIDE, Dataset, Split

TURN = 4.0  # degrees to either side
SHEAR = 0.05
GROWTH = 0.04
SHIFT = 0.5  # pixels
BEND = 0.5  # pixels, the standard deviation of what is smooth over `SMOOTH` pixels
SMOOTH = 5.0


@cache
def course_letters() -> Dataset:
    """The letters, unpacked once for all submissions of a run."""
    return load_letters()


def fresh_letters(
    split: Split, each: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw examples of every class and warp each in a way of its own.

    Parameters
    ----------
    split : Split
        Where they come from.
    each : int
        How many of each class, at most as many as there are.
    rng : numpy.random.Generator

    Returns
    -------
    x : ndarray, shape (each * C, 1024), float32
    y : ndarray, shape (each * C, C), one-hot
    """
    classes = range(split.y.shape[1])
    rows = [rng.choice(np.flatnonzero(split.labels == k), each, replace=False) for k in classes]
    rows = np.concatenate(rows)
    x = np.stack([warp(image, rng) for image in split.images[rows]])
    return x.reshape(len(rows), -1).astype(np.float32), split.y[rows]


def warp(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Turn, slant, stretch, shift and bend one image a little.

    Parameters
    ----------
    image : ndarray, shape (32, 32), ink 0 on paper 1
    rng : numpy.random.Generator

    Returns
    -------
    ndarray, shape (32, 32)

    Examples
    --------
    >>> warp(np.ones((32, 32)), np.random.default_rng(0)).min().round(9)
    np.float64(1.0)
    """
    angle = np.deg2rad(rng.uniform(-TURN, TURN))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    slant = np.array([[1.0, 0.0], [rng.uniform(-SHEAR, SHEAR), 1.0]])
    stretch = np.diag(rng.uniform(1 - GROWTH, 1 + GROWTH, size=2))
    middle = (SIDE - 1) / 2
    grid = np.indices((SIDE, SIDE)).reshape(2, -1) - middle
    places = turn @ slant @ stretch @ grid + middle + rng.uniform(-SHIFT, SHIFT, size=(2, 1))
    bend = [ndimage.gaussian_filter(rng.standard_normal((SIDE, SIDE)), SMOOTH) for _ in range(2)]
    bend = np.array([BEND * field / field.std() for field in bend]).reshape(2, -1)
    return ndimage.map_coordinates(image, places + bend, order=1, cval=1.0).reshape(SIDE, SIDE)
