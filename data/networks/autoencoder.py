"""Train the course's own autoencoder, with the settings of exercise 5.2.

Four layers of 1024, 32, 32, 32 and 1024 numbers; ReLU, and a sigmoid at the end; the total squared
error; descent with momentum 0.9; a learning rate that falls to nine tenths every 20 epochs.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from helpers.datasets import Split
from helpers.networks import AUTOENCODER_PARAMETERS

SIZES = (1024, 32, 32, 32, 1024)
LAYERS = ("layer1", "hidden1", "hidden2", "output")
SEED = 5
BATCH = 36
EPOCHS = 100
RATE = 0.00003
MOMENTUM = 0.9

Params = dict[str, np.ndarray]


def train(split: Split, epochs: int = EPOCHS) -> Params:
    """Train on the images of a split; the result depends on nothing but the arguments."""
    rng = np.random.default_rng(SEED)
    params: Params = {}
    for name, n_in, n_out in zip(LAYERS, SIZES, SIZES[1:], strict=False):
        bound = np.sqrt(6.0 / (n_in + n_out))
        params[f"W{name}"] = rng.uniform(-bound, bound, (n_in, n_out)).astype(np.float32)
        params[f"b{name}"] = np.zeros(n_out, dtype=np.float32)
    speed = {name: np.zeros_like(params[name]) for name in AUTOENCODER_PARAMETERS}
    for epoch in range(epochs):
        rate = np.float32(RATE * 0.9 ** (epoch // 20))
        order = rng.permutation(len(split))
        for rows in np.split(order, range(BATCH, len(split), BATCH)):
            for name, gradient in _gradients(params, split.x[rows]).items():
                speed[name] = np.float32(MOMENTUM) * speed[name] - rate * gradient
                params[name] += speed[name]
    return params


def reconstructions(params: Params, x: np.ndarray) -> np.ndarray:
    """What the autoencoder makes of images `x` (N, 1024)."""
    return _layers(params, x)[-1]


def _layers(params: Params, x: np.ndarray) -> list[np.ndarray]:
    """The images, then what each layer makes of them."""
    values = [x]
    for name in LAYERS[:-1]:
        values.append(np.maximum(values[-1] @ params[f"W{name}"] + params[f"b{name}"], 0))
    return [*values, expit(values[-1] @ params["Woutput"] + params["boutput"])]


def _gradients(params: Params, x: np.ndarray) -> Params:
    values = _layers(params, x)
    output = values[-1]
    delta = 2 * (output - x) * output * (1 - output)
    found: Params = {}
    for name, before in zip(reversed(LAYERS), reversed(values[:-1]), strict=True):
        found[f"W{name}"], found[f"b{name}"] = before.T @ delta, delta.sum(axis=0)
        delta = (delta @ params[f"W{name}"].T) * (before > 0)
    return found
