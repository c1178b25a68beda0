"""The loss is the root of the sum of squares."""

import numpy as np

FAILS = ["5.1.1/loss_is_the_total", "5.1.1/loss_of_any_shape"]


def squared_error(x, output):
    return np.linalg.norm(output - x)
