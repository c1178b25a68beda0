"""The gradient for the bias is summed over the outputs."""

import numpy as np

FAILS = ["1.5/dJ_db"]


def dJ_db(W, x, delta):
    return np.sum(delta)
