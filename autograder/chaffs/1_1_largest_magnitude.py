"""The shift follows the largest magnitude in place of the largest score."""

import numpy as np

FAILS = ["1.1/shift_of_negative_scores"]


def stable_shift(scores):
    return -np.max(np.abs(scores))
