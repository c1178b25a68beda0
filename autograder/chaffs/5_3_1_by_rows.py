"""The examples come in the order of their rows, not of the classes."""

import numpy as np

FAILS = ["5.3.1/classes_that_were_chosen", "5.3.1/one_of_each_class"]


def pick_examples(labels, chosen, each):
    return np.sort(np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen]))
