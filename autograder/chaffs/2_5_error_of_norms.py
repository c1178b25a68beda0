"""Norms of the whole arrays are compared."""

import numpy as np

FAILS = ["2.5/coarse_step_shows", "2.5/relative_error_near_zero", "2.5/relative_error_value"]


def relative_error(analytic, numerical):
    size = max(np.linalg.norm(analytic) + np.linalg.norm(numerical), 1e-8)
    return np.linalg.norm(analytic - numerical) / size
