"""The way of the two-layer network through a training, step by step, and what is measured on it.

Its steps are right, and exact: they come from the gradients of ``two_layers``. A training is
wrong in a known way where it takes other batches than it should, or more of them, or fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from helpers.for_checks import two_layers
from helpers.for_checks.two_layers import Params

Batch = tuple[np.ndarray, np.ndarray]


def walk(batches: Iterable[Batch], params: Params, rate: float) -> list[Params]:
    """The weights before the first step, and after the step of each batch.

    Examples
    --------
    >>> params = two_layers.draw(np.random.default_rng(0), 2, 3, 2)
    >>> len(walk([(np.ones((1, 2)), np.eye(2)[[0]])] * 4, params, 0.1))
    5
    """
    found = [dict(params)]  # the caller's may be given to a student, who trains it
    for x, y in batches:
        found.append(two_layers.descended(x, y, found[-1], rate))
    return found


def end(batches: Iterable[Batch], params: Params, rate: float) -> Params:
    """The weights after the last step."""
    return walk(batches, params, rate)[-1]


def mean_losses(x: np.ndarray, y: np.ndarray, walked: Sequence[Params]) -> np.ndarray:
    """The loss per example at each place of a walk."""
    return np.array([float(two_layers.loss(x, y, params).real) / len(x) for params in walked])


def accuracies(x: np.ndarray, y: np.ndarray, walked: Sequence[Params]) -> np.ndarray:
    """The share of right answers at each place of a walk."""
    answers = [two_layers.log_probs(x, params).argmax(axis=1) for params in walked]
    return np.array([(answer == y.argmax(axis=1)).mean() for answer in answers])


def closest(found: np.ndarray, candidates) -> np.ndarray:
    """For each number found the candidate closest to it: which one rests on the batches drawn.

    Examples
    --------
    >>> closest(np.array([0.9, 0.2]), [0, 1])
    array([1., 0.])
    """
    candidates = np.asarray(candidates, dtype=float)
    return candidates[np.abs(found[:, None] - candidates).argmin(axis=1)]


def truths(x: np.ndarray, params: Params, hits: Sequence[bool] | np.ndarray) -> np.ndarray:
    """One-hot truths such that the network is right where ``hits`` says so, and there alone.

    Examples
    --------
    >>> params = two_layers.draw(np.random.default_rng(0), 2, 3, 4)
    >>> x = np.arange(8.0).reshape(4, 2)
    >>> float(accuracies(x, truths(x, params, [True, True, True, False]), [params])[0])
    0.75
    """
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    classes = len(params["boutput"])
    return np.eye(classes)[(likeliest + 1 - np.asarray(hits, dtype=int)) % classes]
