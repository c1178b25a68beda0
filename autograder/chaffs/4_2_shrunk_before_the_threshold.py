"""The photograph is made nine times smaller first, and strokes are lost on the way."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/finds_letters_in_a_shadow",
    "4.2/finds_the_letters",
    "4.2/page_in_black_and_white",
]


def find_letters(image):
    small = to_black_and_white(remove_background(image[::9, ::9]))
    pieces, _ = ndimage.label(small == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4)) * 9
    bw = np.repeat(np.repeat(small, 9, axis=0), 9, axis=1)[: image.shape[0], : image.shape[1]]
    return boxes, bw
