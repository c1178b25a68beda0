"""How much of a gradient comes back through many layers of a random network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import expit

WIDTH = 64
LAYERS = 30
ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    "sigmoid": (expit, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "relu": (lambda z: np.maximum(0, z), lambda a: (a > 0).astype(float)),
}
"""The function, and its slope from its value, as in notebook 2."""


def gradient_sizes(
    x: np.ndarray, delta: np.ndarray, weights: list[np.ndarray], activation: str
) -> np.ndarray:
    """The size of the gradient in the values of each layer, as a part of that at the output.

    Parameters
    ----------
    x, delta : ndarray, shape (N, D)
        Inputs, and gradients in the values of the last layer.
    weights : list of ndarray, shape (D, D)
        Of the layers, without biases.
    activation : str
        One of `ACTIVATIONS`.

    Returns
    -------
    ndarray, shape (L + 1,)
        From layer 0, the input, to layer L, where it is 1: means over the examples.

    Examples
    --------
    >>> one = np.ones((1, 2))
    >>> gradient_sizes(0 * one, one, [np.eye(2)] * 3, "sigmoid").round(3)
    array([0.013, 0.053, 0.227, 1.   ])
    """
    function, slope = ACTIVATIONS[activation]
    values = [x]
    for matrix in weights:
        values.append(function(values[-1] @ matrix))
    whole = np.linalg.norm(delta, axis=1)
    sizes = [1.0]
    for matrix, value in zip(weights[::-1], values[:0:-1], strict=True):
        delta = (delta * slope(value)) @ matrix.T
        sizes.append(float((np.linalg.norm(delta, axis=1) / whole).mean()))
    return np.array(sizes[::-1])


def random_network(seed: int = 1) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Inputs, gradients and weights of variance 1 / `WIDTH`."""
    rng = np.random.default_rng(seed)
    x, delta = rng.standard_normal((2, 6, WIDTH))
    return x, delta, list(rng.standard_normal((LAYERS, WIDTH, WIDTH)) / np.sqrt(WIDTH))
