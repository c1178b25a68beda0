"""Boxes are drawn with x for y."""

import numpy as np

FAILS = [
    "4.3/frames_are_red",
]


def draw_boxes(image, boxes, thickness=3):
    picture = np.stack([image] * 3, axis=2).astype(float)
    for x1, y1, x2, y2 in boxes:
        inside = picture[y1:y2, x1:x2]
        middle = inside[thickness:-thickness, thickness:-thickness].copy()
        inside[:] = [1, 0, 0]
        inside[thickness:-thickness, thickness:-thickness] = middle
    return picture
