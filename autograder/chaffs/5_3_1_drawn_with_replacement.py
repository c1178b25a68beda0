"""The examples of a class are drawn with replacement: the same one may come twice."""

import numpy as np

FAILS = ["5.3.1/examples_differ"]


def pick_examples(labels, chosen, each):
    return np.concatenate([np.random.choice(np.flatnonzero(labels == k), each) for k in chosen])
