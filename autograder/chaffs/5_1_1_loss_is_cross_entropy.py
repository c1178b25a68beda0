"""The loss is the cross-entropy of notebook 2."""

import numpy as np

FAILS = ["5.1.1/loss_is_the_total", "5.1.1/loss_of_any_shape"]


def squared_error(x, output):
    return -np.sum(x * np.log(np.abs(output) + 1e-12))
