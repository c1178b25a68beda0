"""The loss adds up absolute differences."""

import numpy as np

FAILS = ["5.1.1/loss_is_the_total", "5.1.1/loss_of_any_shape"]


def squared_error(x, output):
    return np.sum(np.abs(output - x))
