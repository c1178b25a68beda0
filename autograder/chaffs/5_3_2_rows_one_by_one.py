"""The mean runs over the rows only, one PSNR a column."""

import numpy as np

FAILS = ["5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2, axis=0))
