"""Each letter is rubbed out of the page after it has been cut out."""

# ruff: noqa: F821

import numpy as np

FAILS = [
    "4.4/page_and_boxes_are_left_alone",
]


def crop_letters(bw, boxes):
    crops = np.ones((len(boxes), 1024))
    for k, (y1, x1, y2, x2) in enumerate(boxes):
        crops[k] = normalise_crop(np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)).ravel()
        bw[y1:y2, x1:x2] = 1
    return crops
