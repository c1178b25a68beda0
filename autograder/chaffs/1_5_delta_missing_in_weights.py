"""The gradient for the weights is dy/dW, the input in every row: delta is missing."""

import numpy as np

FAILS = ["1.5/dJ_dW", "1.5/dJ_dW_of_one_output"]


def dJ_dW(W, x, delta):
    return np.ones_like(delta) @ x.T
