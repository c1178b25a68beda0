"""The denominator adds the numbers, not their absolute values."""

import numpy as np

FAILS = ["2.5/relative_error_value"]


def relative_error(analytic, numerical):
    size = np.maximum(np.abs(analytic + numerical), 1e-8)
    return np.max(np.abs(analytic - numerical) / size)
