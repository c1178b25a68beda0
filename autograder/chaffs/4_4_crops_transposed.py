"""The crops are read column by column, as MATLAB stores images."""

# ruff: noqa: F821

import numpy as np

FAILS = [
    "4.4/crops_look_like_training_images",
    "4.4/shapes_are_kept",
    "4.4/text_in_poor_light",
    "4.4/text_of_a_page",
]


def crop_letters(bw, boxes):
    crops = [
        normalise_crop(np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)).T.ravel()
        for y1, x1, y2, x2 in boxes
    ]
    return np.array(crops).reshape(-1, 1024)
