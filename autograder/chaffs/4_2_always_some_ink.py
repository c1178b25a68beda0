"""The threshold parts whatever there is into two groups, so bare paper gets ink."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/bare_paper_stays_white",
    "4.2/empty_page",
]


def to_black_and_white(ink):
    ink = ndimage.gaussian_filter(ink, 0.7)
    largest = max(ink.max(), 1e-9)
    return np.where(ink > largest * otsu(ink / largest), 0.0, 1.0)
