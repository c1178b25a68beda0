"""The mean of the absolute differences is taken."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    return 10 * np.log10(1 / np.mean(np.abs(reconstruction - original)))
