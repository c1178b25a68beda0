"""The frame lies on both sides of the border of the box."""

import numpy as np

FAILS = [
    "4.3/nothing_is_drawn_outside",
]


def draw_boxes(image, boxes, thickness=3):
    t = thickness
    picture = np.stack([image] * 3, axis=2).astype(float)
    for y1, x1, y2, x2 in boxes:
        middle = picture[y1 + t : y2 - t, x1 + t : x2 - t].copy()
        picture[max(0, y1 - t) : y2 + t, max(0, x1 - t) : x2 + t] = [1, 0, 0]
        picture[y1 + t : y2 - t, x1 + t : x2 - t] = middle
    return picture
