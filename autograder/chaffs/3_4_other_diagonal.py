"""The other diagonal is set to zero."""

import numpy as np

FAILS = ["3.4/diagonal_is_gone"]


def without_diagonal(matrix):
    n = len(matrix)
    return np.array([[0 if i + j == n - 1 else matrix[i, j] for j in range(n)] for i in range(n)])
