"""Whole batches of neighbours are shuffled, not the examples."""

import numpy as np

FAILS = ["2.4/order_is_random"]


def get_random_batches(x, y, batch_size):
    order = np.arange(len(x))
    batches = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        batches.append((x[rows], y[rows]))
    return [batches[i] for i in np.random.permutation(len(batches))]
