"""The batches are cut in the order of the data."""

import numpy as np

FAILS = ["2.4/order_is_random"]


def get_random_batches(x, y, batch_size):
    order = np.arange(len(x))
    batches = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        batches.append((x[rows], y[rows]))
    return batches
