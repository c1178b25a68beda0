"""The background is subtracted where the brightness should be divided by it."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/ink_has_the_same_depth_in_any_light",
]


def remove_background(image):
    step = max(1, round(max(image.shape) / 450))
    small = ndimage.median_filter(shrink(image, step), 3, mode="nearest")
    reach = max(5, max(small.shape) // 18)
    paper = ndimage.grey_closing(np.pad(small, reach), (reach, reach))[reach:-reach, reach:-reach]
    paper = enlarge(ndimage.uniform_filter(paper, 5, mode="nearest"), image.shape, step)
    return np.clip(paper - image, 0, 1)
