"""The error is divided by the larger of the two, not by their sum."""

import numpy as np

FAILS = ["2.5/coarse_step_shows", "2.5/relative_error_value"]


def relative_error(analytic, numerical):
    size = np.maximum(np.maximum(np.abs(analytic), np.abs(numerical)), 1e-8)
    return np.max(np.abs(analytic - numerical) / size)
