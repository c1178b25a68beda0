"""The frame lies around the box, outside of it."""

import numpy as np

FAILS = [
    "4.3/frames_are_red",
]


def draw_boxes(image, boxes, thickness=3):
    t = thickness
    height, width = image.shape
    picture = np.stack([image] * 3, axis=2).astype(float)
    for y1, x1, y2, x2 in boxes:
        middle = picture[y1:y2, x1:x2].copy()
        picture[max(0, y1 - t) : y2 + t, max(0, x1 - t) : x2 + t] = [1, 0, 0]
        picture[y1:y2, x1:x2] = middle
    return picture
