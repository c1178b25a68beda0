"""The maximum is subtracted from the caller's scores."""

import numpy as np

FAILS = ["2.2.2/argument_unchanged"]


def softmax(x):
    x -= np.max(x, axis=1, keepdims=True)
    e = np.exp(x)
    return e / np.sum(e, axis=1, keepdims=True)
