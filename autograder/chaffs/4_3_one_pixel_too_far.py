"""The lower and right edges are drawn in row y2 and column x2, just outside of the box."""

import numpy as np

FAILS = [
    "4.3/frames_are_red",
]


def draw_boxes(image, boxes, thickness=3):
    picture = np.stack([image] * 3, axis=2).astype(float)
    for y1, x1, y2, x2 in boxes:
        middle = picture[
            y1 + thickness : y2 + 1 - thickness, x1 + thickness : x2 + 1 - thickness
        ].copy()
        picture[y1 : y2 + 1, x1 : x2 + 1] = [1, 0, 0]
        picture[y1 + thickness : y2 + 1 - thickness, x1 + thickness : x2 + 1 - thickness] = middle
    return picture
