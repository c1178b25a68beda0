"""The ink is written over the photograph that was handed in."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/the_photograph_is_left_alone",
]


def find_letters(image):
    image[:] = remove_background(image)
    bw = remove_rules(remove_edge(to_black_and_white(image)))
    pieces, count = ndimage.label(bw == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
    if len(boxes):
        boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
    return boxes, bw
