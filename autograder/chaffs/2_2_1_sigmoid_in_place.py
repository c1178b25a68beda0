"""The sigmoid turns the sign of its argument in place."""

import numpy as np

FAILS = ["2.2.1/sigmoid_leaves_its_argument_alone"]


def sigmoid(x):
    x *= -1
    return 1 / (1 + np.exp(x))
