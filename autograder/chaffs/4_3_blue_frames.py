"""The colours are taken to be in the order blue, green, red."""

import numpy as np

FAILS = [
    "4.3/frames_are_red",
]


def draw_boxes(image, boxes, thickness=3):
    picture = np.stack([image] * 3, axis=2).astype(float)
    for y1, x1, y2, x2 in boxes:
        inside = picture[y1:y2, x1:x2]
        middle = inside[thickness:-thickness, thickness:-thickness].copy()
        inside[:] = [0, 0, 1]
        inside[thickness:-thickness, thickness:-thickness] = middle
    return picture
