"""y2 and x2 are the last row and column inside, not the first ones outside."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np
from scipy import ndimage

FAILS = ["4.2/page_in_black_and_white"]


def find_letters(image):
    bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
    pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop - 1, x.stop - 1] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
    if len(boxes) == 0:
        return boxes, bw
    sizes = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    return boxes[sizes > 0.45 * usual_height(boxes)], bw
