"""The letters are made darker in the photograph that was handed in."""

import numpy as np

FAILS = [
    "4.3/photograph_and_boxes_are_left_alone",
]


def draw_boxes(image, boxes, thickness=3):
    t = thickness
    for y1, x1, y2, x2 in boxes:
        middle = image[y1 + t : y2 - t, x1 + t : x2 - t].copy()
        image[y1:y2, x1:x2] = 2.0
        image[y1 + t : y2 - t, x1 + t : x2 - t] = middle
    picture = np.stack([image] * 3, axis=2)
    picture[image == 2.0] = [1, 0, 0]
    return picture
