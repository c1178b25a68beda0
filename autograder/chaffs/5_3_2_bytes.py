"""The pixels are turned into bytes first."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    original, reconstruction = np.round(7 * original) / 7, np.round(7 * reconstruction) / 7
    return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
