"""The scores themselves are shifted while the constant is found."""

import numpy as np

FAILS = ["1.1/scores_unchanged"]


def stable_shift(scores):
    c = -np.max(scores)
    scores += c
    return c
