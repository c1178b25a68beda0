"""Axes of length one are squeezed away, also where the matrix needs them."""

import numpy as np

FAILS = ["1.5/dJ_dW_of_one_output"]


def dJ_dW(W, x, delta):
    return np.squeeze(delta @ x.T)
