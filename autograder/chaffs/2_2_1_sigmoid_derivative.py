"""The sigmoid returns its derivative."""

import numpy as np

FAILS = ["2.2.1/sigmoid_of_any_shape", "2.2.1/sigmoid_of_large_numbers", "2.2.1/sigmoid_values"]


def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
