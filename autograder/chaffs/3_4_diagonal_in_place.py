"""The diagonal of the matrix itself is set to zero."""

import numpy as np

FAILS = ["3.4/matrix_is_left_alone"]


def without_diagonal(matrix):
    mistakes = matrix
    np.fill_diagonal(mistakes, 0)
    return mistakes
