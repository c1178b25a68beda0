"""The slopes of a row are put in a list, which only works in one dimension."""

import numpy as np

FAILS = ["1.4/slope_of_any_shape"]


def sigmoid_slope(s):
    return np.array([float(value) * (1 - float(value)) for value in s])
