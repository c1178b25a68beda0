"""The largest probabilities are returned in place of the classes that have them."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.4/predictions", "3.4/predictions_of_any_size"]


def predict(x, params):
    hidden = forward(x, params, "layer1")
    return np.max(forward(hidden, params, "output", softmax), axis=1)
