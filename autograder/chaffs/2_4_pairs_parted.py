"""x and y are shuffled by different permutations."""

import numpy as np

FAILS = ["2.4/pairs_stay_together"]


def get_random_batches(x, y, batch_size):
    order = np.random.permutation(len(x))
    other = np.random.permutation(len(x))
    batches = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        batches.append((x[rows], y[other[start : start + batch_size]]))
    return batches
