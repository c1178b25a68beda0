"""The shift is plus the largest score, which makes the overflow worse."""

import numpy as np

FAILS = ["1.1/shift_of_positive_scores", "1.1/shift_of_negative_scores"]


def stable_shift(scores):
    return np.max(scores)
