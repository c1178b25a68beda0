"""The page comes back with ink 1 and paper 0."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/page_in_black_and_white",
]


def find_letters(image):
    bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
    pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
    if len(boxes):
        boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
    return boxes, 1 - bw
