"""The sigmoid is not one divided by the sum, but the sum."""

import numpy as np

FAILS = ["2.2.1/sigmoid_of_any_shape", "2.2.1/sigmoid_of_large_numbers", "2.2.1/sigmoid_values"]


def sigmoid(x):
    return 1 + np.exp(-x)
