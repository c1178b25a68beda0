"""A box that touches the edge of the page gets no frame."""

import numpy as np

FAILS = [
    "4.3/boxes_at_the_edge_and_none",
]


def draw_boxes(image, boxes, thickness=3):
    picture = np.stack([image] * 3, axis=2).astype(float)
    for y1, x1, y2, x2 in boxes:
        if y1 > 0 and x1 > 0 and y2 < len(image) and x2 < image.shape[1]:
            inside = picture[y1:y2, x1:x2]
            middle = inside[thickness:-thickness, thickness:-thickness].copy()
            inside[:] = [1, 0, 0]
            inside[thickness:-thickness, thickness:-thickness] = middle
    return picture
