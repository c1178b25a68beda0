"""Record what happens to the network of notebook 3 at nine learning rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.course.reference import reference_functions
from helpers.datasets import load
from helpers.datasets.model import CLASSES

TUNED = 0.006
"""The learning rate of exercise 3.1."""
STEPS = 4
RATES = tuple(float(f"{TUNED * 30 ** (k / STEPS):.2g}") for k in range(-STEPS, STEPS + 1))
"""From a thirtieth of the tuned rate to thirty times it, equally spaced on a logarithmic scale."""
BATCH = 15
EPOCHS = 45
SEED = 3
CURVES = ("train_loss", "valid_loss", "train_acc", "valid_acc")
DIGITS = 4


def record(rates: Sequence[float] = RATES, epochs: int = EPOCHS) -> list[Mapping[str, Any]]:
    """Train once with each rate, every time from the same first weights.

    Parameters
    ----------
    rates : sequence of float
    epochs : int

    Returns
    -------
    list of dict
        One for each rate: ``rate``, and for each of `CURVES` a list with one number an epoch;
        None where the number is not finite.
    """
    functions = reference_functions(
        ["02_network", "03_training"], ["new_network", "evaluate", "train_network"]
    )
    letters = load("letters")
    sets = (letters.train.x, letters.train.y, letters.validation.x, letters.validation.y)
    runs = []
    for rate in rates:
        np.random.seed(SEED)  # the notebooks draw from NumPy's common generator
        params = functions["new_network"](1024, 64, 36)
        start = functions["evaluate"](*sets[:2], params), functions["evaluate"](*sets[2:], params)
        with np.errstate(all="ignore"):  # a rate that is far too large goes out of bounds
            history = functions["train_network"](*sets, params, rate, BATCH, epochs)
        first = dict(zip(("train_loss", "train_acc", "valid_loss", "valid_acc"),
                         (*start[0], *start[1]), strict=True))  # fmt: skip
        curves = {name: _rounded([first[name], *history[name]]) for name in CURVES}
        runs.append({"rate": rate, **curves})
    return runs


def _rounded(values: Sequence[float]) -> list[float | None]:
    return [round(float(v), DIGITS) if np.isfinite(v) else None for v in values]


def rates_data(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the figure needs beside the runs: the tuned rate, and the loss of knowing nothing."""
    nothing = round(float(np.log(len(CLASSES))), DIGITS)
    return {"tuned": TUNED, "knowing_nothing": nothing, "runs": list(runs)}
