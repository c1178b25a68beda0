"""The photograph is made four times smaller first, and strokes are lost on the way."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/specks_are_no_letters",
    "4.2/the_table_is_no_letter",
    "4.2/writing_of_any_size",
]


def find_letters(image):
    small = to_black_and_white(remove_background(image[::5, ::5]))
    pieces, _ = ndimage.label(small == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4)) * 5
    bw = np.repeat(np.repeat(small, 5, axis=0), 5, axis=1)[: image.shape[0], : image.shape[1]]
    return boxes, bw
