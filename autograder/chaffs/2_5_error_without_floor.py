"""Nothing keeps the denominator from being zero."""

import numpy as np

FAILS = ["2.5/relative_error_near_zero"]


def relative_error(analytic, numerical):
    size = np.abs(analytic) + np.abs(numerical)
    return np.max(np.abs(analytic - numerical) / size)
