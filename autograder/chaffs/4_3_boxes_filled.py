"""The whole box is painted red, and the letter with it."""

import numpy as np

FAILS = [
    "4.3/boxes_at_the_edge_and_none",
    "4.3/letters_are_still_seen",
]


def draw_boxes(image, boxes, thickness=3):
    picture = np.stack([image] * 3, axis=2).astype(float)
    for y1, x1, y2, x2 in boxes:
        picture[y1:y2, x1:x2] = [1, 0, 0]
    return picture
