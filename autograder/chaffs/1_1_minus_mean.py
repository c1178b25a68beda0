"""The shift centres the scores, so that the largest can still overflow."""

import numpy as np

FAILS = ["1.1/shift_of_positive_scores", "1.1/shift_of_negative_scores"]


def stable_shift(scores):
    return -np.mean(scores)
