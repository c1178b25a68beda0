"""Lines are level bands of the page: a line that slopes falls to pieces."""

import numpy as np

FAILS = [
    "4.4/lines_askew",
]


def group_into_lines(boxes):
    if len(boxes) == 0:
        return []
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    height = np.median(boxes[:, 2] - boxes[:, 0])
    order = np.argsort(middles)
    breaks = np.flatnonzero(np.diff(middles[order]) > 0.4 * height) + 1
    lines = [boxes[rows] for rows in np.split(order, breaks)]
    return [line[np.argsort(line[:, 1])] for line in lines]
