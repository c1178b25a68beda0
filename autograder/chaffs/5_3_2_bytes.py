"""The pixels are turned into bytes first: differences of bytes wrap around, and so do squares."""

import numpy as np

FAILS = ["5.3.2/any_image", "5.3.2/image_of_any_shape", "5.3.2/known_value"]


def psnr(original, reconstruction):
    original, reconstruction = (
        np.round(255 * image).astype(np.uint8) for image in (original, reconstruction)
    )
    return float(10 * np.log10(255**2 / np.mean((reconstruction - original) ** 2)))
