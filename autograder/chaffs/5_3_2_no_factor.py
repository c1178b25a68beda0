"""The factor 10 is missing."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    return np.log10(1 / np.mean((reconstruction - original) ** 2))
