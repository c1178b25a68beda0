"""The loss writes the differences into the output."""

import numpy as np

FAILS = ["5.1.1/arguments_are_left_alone"]


def squared_error(x, output):
    output -= x
    return np.sum(output**2)
