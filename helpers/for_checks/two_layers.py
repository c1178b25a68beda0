"""The network of section 2 as the checks know it: its loss, and the exact gradient of it.

The gradient is taken by complex steps: for a function that is analytic, the imaginary part
of f(w + ih) / h is f'(w) to the last digit, with no difference and so no cancellation
(Squire and Trapp, SIAM Review 40, 1998, 110-112). It owes nothing to backpropagation, so it
can judge it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

Params = dict[str, np.ndarray]
STEP = 1e-30
NAMES = ("Wlayer1", "blayer1", "Woutput", "boutput")


def draw(rng: np.random.Generator, inputs: int, hidden: int, classes: int) -> Params:
    """Random weights of moderate size, biases included."""
    shapes = ((inputs, hidden), (hidden,), (hidden, classes), (classes,))
    return {name: rng.normal(0, 0.7, shape) for name, shape in zip(NAMES, shapes, strict=True)}


def hidden(x: np.ndarray, params: Mapping[str, np.ndarray]) -> np.ndarray:
    """The values of the hidden sigmoid units, shape (N, H), of real or complex numbers."""
    return (1 + np.tanh((x @ params["Wlayer1"] + params["blayer1"]) / 2)) / 2


def scores(x: np.ndarray, params: Mapping[str, np.ndarray]) -> np.ndarray:
    """The scores of the classes, shape (N, C)."""
    return hidden(x, params) @ params["Woutput"] + params["boutput"]


def log_probs(x: np.ndarray, params: Mapping[str, np.ndarray]) -> np.ndarray:
    """Logarithms of the class probabilities, shape (N, C)."""
    found = scores(x, params)
    found = found - found.real.max(axis=1, keepdims=True)  # so that none overflows
    return found - np.log(np.exp(found).sum(axis=1, keepdims=True))


def margins(x: np.ndarray, params: Mapping[str, np.ndarray]) -> np.ndarray:
    """By how much the likeliest class of each example leads, in log-probability: shape (N,)."""
    ordered = np.sort(log_probs(x, params), axis=1)
    return ordered[:, -1] - ordered[:, -2]


def loss(x: np.ndarray, y: np.ndarray, params: Mapping[str, np.ndarray]) -> complex:
    """The cross-entropy, summed over the batch."""
    return -(y * log_probs(x, params)).sum()


def gradients(x: np.ndarray, y: np.ndarray, params: Mapping[str, np.ndarray]) -> Params:
    """The gradient of :func:`loss` for each parameter, exact to rounding."""
    found = {}
    for name in NAMES:
        found[name] = np.zeros_like(params[name])
        for place in np.ndindex(found[name].shape):
            moved = {**params, name: params[name].astype(complex)}
            moved[name][place] += 1j * STEP
            found[name][place] = loss(x, y, moved).imag / STEP
    return found


def descended(x, y, params: Mapping[str, np.ndarray], learning_rate: float) -> Params:
    """The parameters after one step of gradient descent on one batch."""
    slope = gradients(x, y, params)
    return {name: params[name] - learning_rate * slope[name] for name in NAMES}
