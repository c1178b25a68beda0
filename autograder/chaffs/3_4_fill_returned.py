"""The result of np.fill_diagonal is returned, which is None."""

import numpy as np

FAILS = ["3.4/diagonal_is_gone"]


def without_diagonal(matrix):
    return np.fill_diagonal(matrix.copy(), 0)
