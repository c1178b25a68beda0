"""The short training of an autoencoder by which exercise 5.2 is judged, on invented letters.

There are few characters, and hands write them much alike: who has learnt these rebuilds them far
better than who knows, from many other alphabets, what strokes look like.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from exercises.unseen.invented import Alphabet, invented
from helpers.for_checks import autoencoder as network

CHARACTERS = 12
WILD = 0.3
EACH = 45
"""So many of each character are trained on,"""
FRESH = 24
"""and so many of each, written anew, are rebuilt afterwards."""
WATCHED = 1
"""Of each, to validate on: too few to learn from."""
HIDDEN = 20
SETTINGS = (0.0003, 10, 7)
"""Learning rate, batch size, epochs."""
ENOUGH = 15.2
"""So many decibels must be reached on average.

60 runs of the reference reached 16.95 dB on average, with a standard deviation of 0.28 and at least
16.31: a right answer lies six deviations above. Plain descent reached at most 13.56 in 6 runs; a
network trained at length on 400 other alphabets, stored, at most 14.41 in 60. `python -m
benchmarks.autoencoder` measures it.
"""


def letters_to_train_on(rng: np.random.Generator) -> tuple[Alphabet, np.ndarray, np.ndarray]:
    """An alphabet, training and validation images of it, (N, 1024) each.

    Ink is 1, with which learning is quicker.
    """
    alphabet = invented(rng, CHARACTERS)
    found = (alphabet.write(each, rng, WILD)[0] for each in (EACH, WATCHED))
    return alphabet, *(1 - x for x in found)


def first_weights(rng: np.random.Generator, inputs: int = 1024) -> dict[str, np.ndarray]:
    """Xavier's, in single precision."""
    params = {}
    for name, shape in network.shapes(inputs, HIDDEN).items():
        bound = np.sqrt(6 / sum(shape)) if len(shape) == 2 else 0.0
        params[name] = rng.uniform(-bound, bound, shape).astype(np.float32)
    return params


def fresh_psnr(
    params: Mapping[str, np.ndarray], rng: np.random.Generator, alphabet: Alphabet
) -> float:
    """Mean PSNR in dB of the network's reconstructions of letters written anew."""
    x = 1 - alphabet.write(FRESH, rng, WILD)[0].astype(float)
    errors = ((network.output(x, params) - x) ** 2).mean(axis=1)
    return float(-10 * np.log10(errors).mean())
