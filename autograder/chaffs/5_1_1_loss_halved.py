"""The loss is halved."""

import numpy as np

FAILS = ["5.1.1/loss_is_the_total", "5.1.1/loss_of_any_shape"]


def squared_error(x, output):
    return 0.5 * np.sum((output - x) ** 2)
