"""The crops have ink 1 on paper 0."""

# ruff: noqa: F821

import numpy as np

FAILS = [
    "4.4/ink_on_paper_with_a_margin",
    "4.4/text_in_poor_light",
    "4.4/text_of_a_page",
]


def crop_letters(bw, boxes):
    crops = [
        1 - normalise_crop(np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)).ravel()
        for y1, x1, y2, x2 in boxes
    ]
    return np.array(crops).reshape(-1, 1024)
