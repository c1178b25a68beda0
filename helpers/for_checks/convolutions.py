"""Convolutional networks as the checks know them: written out in NumPy, forward only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def convolved(x: np.ndarray, filters: np.ndarray, biases: np.ndarray) -> np.ndarray:
    """Filters of 3 by 3 over a batch (N, C_in, H, W), zeros around it: (N, C_out, H, W).

    Examples
    --------
    >>> convolved(np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3)), np.zeros(1))[0, 0]
    array([[4., 6., 4.],
           [6., 9., 6.],
           [4., 6., 4.]])
    """
    wide = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(2, 3))
    return np.einsum("nchwij,ocij->nohw", windows, filters, optimize=True) + biases[:, None, None]


def pooled(x: np.ndarray) -> np.ndarray:
    """The largest of each two by two: (N, C, H / 2, W / 2)."""
    n, channels, height, width = x.shape
    return x.reshape(n, channels, height // 2, 2, width // 2, 2).max(axis=(3, 5))


def draw(rng: np.random.Generator, sizes: Sequence[int], classes: int) -> dict[str, list]:
    """Random weights for blocks of `sizes` channels on images of 32 by 32, and a linear layer.

    They are in the form of :func:`helpers.for_checks.torch_probes.facts`: PyTorch's shapes.
    """
    conv: list[np.ndarray] = []
    for before, after in zip(sizes, sizes[1:], strict=False):
        conv += [rng.normal(0, (2 / (9 * before)) ** 0.5, (after, before, 3, 3)),
                 rng.normal(0, 0.2, after)]  # fmt: skip
    side = 32 // 2 ** (len(sizes) - 1)
    width = sizes[-1] * side * side
    linear = [rng.normal(0, width**-0.5, (classes, width)), rng.normal(0, 0.2, classes)]
    return {"conv": conv, "linear": linear}


def draw_norms(rng: np.random.Generator, sizes: Sequence[int]) -> list[np.ndarray]:
    """Scale, shift, running mean and running variance for each block."""
    norms: list[np.ndarray] = []
    for size in sizes[1:]:
        norms += [rng.uniform(0.5, 1.5, size), rng.normal(0, 0.3, size),
                  rng.normal(0, 0.3, size), rng.uniform(0.5, 1.5, size)]  # fmt: skip
    return norms


def mean_pooled(x: np.ndarray) -> np.ndarray:
    """The mean of each two by two."""
    n, channels, height, width = x.shape
    return x.reshape(n, channels, height // 2, 2, width // 2, 2).mean(axis=(3, 5))


def rectified(x: np.ndarray) -> np.ndarray:
    """The rectified linear unit."""
    return np.maximum(x, 0)


def flat(x: np.ndarray) -> np.ndarray:
    """Every image as a row of all its features."""
    return x.reshape(len(x), -1)


def scores(
    x: np.ndarray,
    weights: dict[str, list],
    order: Sequence[str] = ("norm", "bend", "pool"),
    pool: Callable = pooled,
    flatten: Callable = flat,
) -> np.ndarray:
    """The outputs of the network with these weights, in evaluation mode, shape (N, classes).

    Blocks of another `order`, of other parts or without some show what comes of mistakes.
    """
    norms = weights.get("norm")
    for block in range(len(weights["conv"]) // 2):
        x = convolved(x, *weights["conv"][2 * block : 2 * block + 2])
        for part in order:
            if part == "norm" and norms:
                scale, shift, mean, variance = (v[:, None, None] for v in norms[4 * block :][:4])
                x = scale * (x - mean) / np.sqrt(variance + 1e-5) + shift
            elif part == "bend":
                x = rectified(x)
            elif part == "pool":
                x = pool(x)
    weight, bias = weights["linear"]
    return flatten(x) @ weight.T + bias
