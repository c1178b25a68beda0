"""Dropout as it is seen from outside: in a network whose last layer hands its hidden values on."""

from __future__ import annotations

import numpy as np

from helpers.checking import expect
from helpers.for_checks import two_layers
from helpers.for_checks.torch_training import draw, scores_of

NEAR = {"rtol": 1e-3, "atol": 1e-4}


def transparent(rng, inputs, units):
    """Weights of a network that gives its hidden values plus 1: dropping its scores would show."""
    return {
        **draw(rng, inputs, units, units),
        "Woutput": np.eye(units, dtype=np.float32), "boutput": np.ones(units, dtype=np.float32),
    }  # fmt: skip


def without_dropout(student, params, x):
    """The right scores, or those of a wrong `build_network`, which is charged elsewhere."""
    right = two_layers.scores(x, params)
    own = scores_of(student, student.build_network, (params,), x)
    fits = isinstance(own, np.ndarray) and own.shape == right.shape
    return own if fits and not np.allclose(own, right, **NEAR) else right


def dropped(student, params, p, x):
    """The hidden values of a transparent network in training mode, as dropout leaves them."""
    scores = scores_of(student, student.build_with_dropout, (params, p), x, training=True)
    shape = len(x), len(params["boutput"])
    return expect.array(scores, shape, "in training mode, what the model gives") - 1


def wrong_ways(values, hidden):
    """Whether a mistake shows in what dropout with p = 1/4 has left, by the mistake's name."""
    off = (np.abs(values) <= 1e-6).mean()
    return {
        "the scores are dropped, not the hidden values": (np.abs(values + 1) < 1e-6).mean() > 0.1,
        "dropout comes before the sigmoid, which makes 0.5 of 0":
            (np.abs(values - 0.5) < 1e-6).mean() > 0.1,
        "`p` is taken for the probability of being kept": abs(off - 0.75) < 0.04,
        "half of the values are switched off, whatever `p` is": abs(off - 0.5) < 0.04,
        "nothing is switched off in training mode": np.allclose(values, hidden, **NEAR),
    }  # fmt: skip
