"""The last two numbers of a box are its height and width, not a corner."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/finds_letters_in_a_shadow",
    "4.2/finds_the_letters",
]


def find_letters(image):
    bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
    pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
    if len(boxes):
        boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
    boxes[:, 2:] -= boxes[:, :2]
    return boxes, bw
