"""A gap is a space where it is wider than 0.7 letter heights, whatever the hand."""

import numpy as np

from helpers.datasets import CLASSES

FAILS = ["4.4/wide_and_narrow_hands"]


def spell_line(boxes, labels):
    height = np.median(boxes[:, 2] - boxes[:, 0])
    text = CLASSES[labels[0]]
    for k in range(1, len(labels)):
        gap = (boxes[k, 1] - boxes[k - 1, 3]) / height
        text += (" " if gap > 0.7 else "") + CLASSES[labels[k]]
    return text
