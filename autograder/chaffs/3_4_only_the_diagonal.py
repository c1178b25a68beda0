"""Only the diagonal is kept."""

import numpy as np

FAILS = ["3.4/diagonal_is_gone"]


def without_diagonal(matrix):
    return np.diag(np.diag(matrix))
