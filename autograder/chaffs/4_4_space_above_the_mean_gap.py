"""Every gap above the mean gap is a space, in a single word too."""

# ruff: noqa: F821

import numpy as np

FAILS = [
    "4.4/a_single_word",
]


def spell_line(boxes, labels):
    gaps = boxes[1:, 1] - boxes[:-1, 3]
    text = CLASSES[labels[0]]
    for gap, label in zip(gaps, labels[1:]):
        text += (" " if gap > np.mean(gaps) else "") + CLASSES[label]
    return text
