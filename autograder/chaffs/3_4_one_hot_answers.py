"""The answers are one-hot rows."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.4/predictions", "3.4/predictions_of_any_size"]


def predict(x, params):
    probs = forward(forward(x, params, "layer1"), params, "output", softmax)
    return np.eye(probs.shape[1])[np.argmax(probs, axis=1)]
