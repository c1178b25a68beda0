"""The loss is one number for each image."""

import numpy as np

FAILS = ["5.1.1/loss_is_the_total", "5.1.1/loss_of_any_shape"]


def squared_error(x, output):
    return np.sum((output - x) ** 2, axis=1)
