"""The error of each entry is returned, not the largest."""

import numpy as np

FAILS = [
    "2.5/coarse_step_shows",
    "2.5/relative_error_near_zero",
    "2.5/relative_error_value",
    "2.5/right_gradients_pass",
]


def relative_error(analytic, numerical):
    size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
    return np.abs(analytic - numerical) / size
