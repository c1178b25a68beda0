"""The window of the closing is as narrow as a stroke, so that strokes count as paper."""

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/ink_has_the_same_depth_in_any_light",
]


def remove_background(image):
    paper = ndimage.grey_closing(image, (3, 3))
    return np.clip(1 - image / np.maximum(ndimage.uniform_filter(paper, 15), 0.01), 0, 1)
