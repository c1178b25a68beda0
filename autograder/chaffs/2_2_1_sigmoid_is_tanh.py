"""tanh is taken for the sigmoid."""

import numpy as np

FAILS = ["2.2.1/sigmoid_of_any_shape", "2.2.1/sigmoid_of_large_numbers", "2.2.1/sigmoid_values"]


def sigmoid(x):
    return np.tanh(x)
