"""The first example of each class is taken twice."""

import numpy as np

FAILS = ["5.3.1/examples_differ"]


def pick_examples(labels, chosen, each):
    return np.concatenate([np.repeat(np.flatnonzero(labels == k)[:1], each) for k in chosen])
