"""Paper that a letter encloses counts as a letter, too."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/finds_nothing_else",
    "4.2/page_in_black_and_white",
    "4.2/specks_are_no_letters",
    "4.2/the_table_is_no_letter",
]


def find_letters(image):
    bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
    pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
    if len(boxes) == 0:
        return boxes, bw
    boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
    paper, _ = ndimage.label(bw == 1)
    enclosed = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(paper)[1:]]
    return np.concatenate([boxes, np.array(enclosed, dtype=int).reshape(-1, 4)]), bw
