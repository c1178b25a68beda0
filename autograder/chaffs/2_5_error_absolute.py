"""The largest absolute error is returned."""

import numpy as np

FAILS = ["2.5/coarse_step_shows", "2.5/relative_error_near_zero", "2.5/relative_error_value"]


def relative_error(analytic, numerical):
    return np.max(np.abs(analytic - numerical))
