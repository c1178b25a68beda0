"""One maximum is subtracted from the whole matrix."""

import numpy as np

FAILS = ["2.2.2/rows_of_different_size"]


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e, axis=1, keepdims=True)
