"""The root of the mean square comes with the factor 10."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    return 10 * np.log10(1 / np.sqrt(np.mean((reconstruction - original) ** 2)))
