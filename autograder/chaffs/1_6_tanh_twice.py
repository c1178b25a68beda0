"""Tanh is taken of a value that is tanh already."""

import numpy as np

FAILS = ["1.6/tanh_slope", "1.6/tanh_slope_of_any_shape"]


def tanh_slope(t):
    return 1 - np.tanh(t) ** 2
