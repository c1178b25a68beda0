"""A single example gives a bare number."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.4/predictions_of_any_size"]


def predict(x, params):
    hidden = forward(x, params, "layer1")
    return np.squeeze(np.argmax(forward(hidden, params, "output", softmax), axis=1))
