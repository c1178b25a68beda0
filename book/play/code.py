"""The autoencoder of notebook 5, taken apart at its 32 numbers, for a browser."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import expit

from autograder.course.reference import reference_functions
from book.play.packing import pack_integers, pack_layer
from helpers.activations import relu
from helpers.datasets import Dataset
from helpers.datasets.model import CLASSES

SEED = 5
SIZES = (1024, 32)
RATE, BATCH, EPOCHS = 0.00003, 36, 100
"""The settings of exercise 5.2."""
ENCODER = ("layer1", "hidden1")
EACH = 2
"""Letters of each class to choose from."""
START, GOAL = "5", "S"
"""The letter to begin with, and the one to walk to."""
RARE = 0.02
"""A number of the code that is not 0 for a smaller part of the letters is left out."""
LEVELS = 15
"""The embedded images have so many steps of grey."""


def train(letters: Dataset) -> dict[str, np.ndarray]:
    """Train with the functions and the settings of notebook 5, ink as 1 and paper as 0.

    The notebook trains both ways. With paper as 1 many units die, and there are fewer numbers to
    play with.
    """
    functions = reference_functions(
        ["02_network", "05_autoencoder"], ["initialize_autoencoder", "train_autoencoder"]
    )
    np.random.seed(SEED)  # the notebooks draw from NumPy's common generator
    params = functions["initialize_autoencoder"](*SIZES)
    functions["train_autoencoder"](
        1 - letters.train.x, 1 - letters.validation.x, params, RATE, BATCH, EPOCHS
    )
    return params


def encode(ink: np.ndarray, params: dict[str, np.ndarray]) -> np.ndarray:
    """The codes (N, 32) of images (N, 1024), ink 1 on paper 0."""
    for name in ENCODER:
        ink = relu(ink @ params[f"W{name}"] + params[f"b{name}"])
    return ink


def decode(codes: np.ndarray, params: dict[str, np.ndarray]) -> np.ndarray:
    """The images (N, 1024), ink 1 on paper 0, of codes (N, 32)."""
    hidden = relu(codes @ params["Whidden2"] + params["bhidden2"])
    return expit(hidden @ params["Woutput"] + params["boutput"])


def choose(letters: Dataset, rebuilt: np.ndarray) -> np.ndarray:
    """Row numbers of `EACH` validation examples of every class: typical ones, not the best.

    They are the examples whose squared error is nearest to the median of their class.
    """
    errors = ((rebuilt - (1 - letters.validation.x)) ** 2).mean(axis=1)
    rows = []
    for label in range(len(CLASSES)):
        own = np.flatnonzero(letters.validation.labels == label)
        away = np.abs(errors[own] - np.median(errors[own]))
        rows.extend(own[np.argsort(away, kind="stable")[:EACH]])
    return np.array(rows)


def code_data(letters: Dataset, params: dict[str, np.ndarray]) -> dict[str, Any]:
    """The decoder, some letters with their codes, and how far codes reach.

    Units that give 0 for nearly every letter are left out: nothing could be done with them.

    Parameters
    ----------
    letters : Dataset
    params : dict
        From `train`.
    """
    ink = 1 - letters.validation.x
    codes = encode(ink, params)
    rows = choose(letters, decode(codes, params))
    alive = (codes > 0).mean(axis=0) > RARE
    images = np.rint(letters.validation.x[rows] * LEVELS).astype(int)
    return {
        "classes": CLASSES,
        "each": EACH,
        "start": START,
        "goal": GOAL,
        "levels": LEVELS,
        "images": pack_integers(images, 4),
        "codes": [[round(float(value), 3) for value in code] for code in codes[rows][:, alive]],
        "reach": [_reach(column) for column in codes[:, alive].T],
        "layers": [
            pack_layer(params["Whidden2"][alive], params["bhidden2"], bits=12),
            pack_layer(params["Woutput"], params["boutput"], bits=12),
        ],
    }


def _reach(values: np.ndarray) -> float:
    """How large a number of the code becomes; a few outliers do not count."""
    return round(float(np.quantile(values[values > 0], 0.99)), 2)
