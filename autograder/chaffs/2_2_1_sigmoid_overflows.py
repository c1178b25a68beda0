"""exp(x) / (1 + exp(x)) is used for all x, so large x give nan."""

import numpy as np

FAILS = ["2.2.1/sigmoid_of_large_numbers"]


def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))
