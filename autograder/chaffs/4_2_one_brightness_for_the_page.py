"""The paper is taken to be equally bright everywhere."""

import numpy as np

FAILS = [
    "4.2/finds_letters_in_a_shadow",
    "4.2/paper_becomes_zero_everywhere",
]


def remove_background(image):
    return np.clip(1 - image / np.percentile(image, 90), 0, 1)
