"""The difference is written into the reconstruction."""

import numpy as np

FAILS = ["5.3.2/arguments_are_left_alone"]


def psnr(original, reconstruction):
    reconstruction -= original
    return 10 * np.log10(1 / np.mean(reconstruction**2))
