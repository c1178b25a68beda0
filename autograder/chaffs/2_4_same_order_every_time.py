"""A seed inside the function makes every epoch the same."""

import numpy as np

FAILS = ["2.4/order_is_random"]


def get_random_batches(x, y, batch_size):
    np.random.seed(0)
    order = np.random.permutation(len(x))
    batches = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        batches.append((x[rows], y[rows]))
    return batches
