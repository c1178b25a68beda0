"""The sigmoid is taken of a value that is the sigmoid already."""

import numpy as np

FAILS = ["1.4/slope_from_value", "1.4/slope_of_any_shape"]


def sigmoid_slope(s):
    value = 1 / (1 + np.exp(-s))
    return value * (1 - value)
