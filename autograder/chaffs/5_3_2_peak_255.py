"""The largest pixel is taken for 255."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    return 10 * np.log10(255**2 / np.mean((reconstruction - original) ** 2))
