"""Nothing is subtracted, so large scores overflow."""

import numpy as np

FAILS = ["2.2.2/large_negative_scores", "2.2.2/large_scores", "2.2.2/rows_of_different_size"]


def softmax(x):
    e = np.exp(x)
    return e / np.sum(e, axis=1, keepdims=True)
