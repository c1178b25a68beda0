"""The closing fills up the strip of table at the edge, which is not rubbed out later either."""

# ruff: noqa: F821

import numpy as np
from scipy import ndimage

FAILS = [
    "4.2/the_table_is_no_letter",
]


def remove_background(image):
    step = max(1, round(max(image.shape) / 450))
    small = ndimage.median_filter(shrink(image, step), 3, mode="nearest")
    reach = max(5, max(small.shape) // 18)
    paper = ndimage.grey_closing(small, (reach, reach), mode="nearest")
    paper = enlarge(ndimage.uniform_filter(paper, 5, mode="nearest"), image.shape, step)
    return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)


def find_letters(image):
    bw = remove_rules(to_black_and_white(remove_background(image)))
    pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
    boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
    if len(boxes):
        boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
    return boxes, bw
