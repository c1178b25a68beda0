"""Axes of length one are squeezed away."""

import numpy as np

FAILS = ["2.2.2/one_row_or_one_column"]


def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return np.squeeze(e / np.sum(e, axis=1, keepdims=True))
