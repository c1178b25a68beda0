"""The loss is the mean over all pixels."""

import numpy as np

FAILS = ["5.1.1/loss_is_the_total", "5.1.1/loss_of_any_shape"]


def squared_error(x, output):
    return np.mean((output - x) ** 2)
