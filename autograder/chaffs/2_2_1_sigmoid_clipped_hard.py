"""The argument is clipped to -10 .. 10 against overflow, which changes values."""

import numpy as np

FAILS = ["2.2.1/sigmoid_of_large_numbers"]


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -10, 10)))
