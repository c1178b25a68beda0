"""The largest pixel of the image at hand is taken for the peak."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    return 10 * np.log10(np.max(original) ** 2 / np.mean((reconstruction - original) ** 2))
