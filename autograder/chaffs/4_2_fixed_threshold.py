"""A pixel is ink where it takes away at least 0.3 of the light, whatever the pen."""

import numpy as np

FAILS = [
    "4.2/faint_ink_is_ink",
]


def to_black_and_white(ink):
    return np.where(ink > 0.3, 0.0, 1.0)
