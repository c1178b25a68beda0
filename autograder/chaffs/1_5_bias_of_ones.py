"""The gradient for the bias is dy/db: delta is missing."""

import numpy as np

FAILS = ["1.5/dJ_db"]


def dJ_db(W, x, delta):
    return np.ones_like(delta)
