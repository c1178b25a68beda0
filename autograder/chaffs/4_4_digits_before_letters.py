"""The labels are taken to begin with the digits."""

import numpy as np

FAILS = [
    "4.4/spaces_between_words",
    "4.4/text_in_poor_light",
    "4.4/text_of_a_page",
    "4.4/wide_and_narrow_hands",
]


def spell_line(boxes, labels):
    classes = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    height = np.median(boxes[:, 2] - boxes[:, 0])
    gaps = (boxes[1:, 1] - boxes[:-1, 3]) / height
    text = classes[labels[0]]
    for gap, label in zip(gaps, labels[1:]):
        text += (" " if gap > 0.6 else "") + classes[label]
    return text
