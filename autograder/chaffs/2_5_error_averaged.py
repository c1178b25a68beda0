"""The mean of the errors is returned, not the largest."""

import numpy as np

FAILS = ["2.5/coarse_step_shows", "2.5/relative_error_near_zero", "2.5/relative_error_value"]


def relative_error(analytic, numerical):
    size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
    return np.mean(np.abs(analytic - numerical) / size)
