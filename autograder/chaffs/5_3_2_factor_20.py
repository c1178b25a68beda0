"""The factor is 20 in place of 10."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    return 20 * np.log10(1 / np.mean((reconstruction - original) ** 2))
