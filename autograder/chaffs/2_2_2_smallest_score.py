"""The smallest score of the row is subtracted in place of the largest."""

import numpy as np

FAILS = ["2.2.2/large_scores"]


def softmax(x):
    e = np.exp(x - np.min(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)
