"""The batches are yielded, not returned as a list."""

import numpy as np

FAILS = [
    "2.4/batch_sizes",
    "2.4/batches_at_the_edge",
    "2.4/every_example_once",
    "2.4/order_is_random",
    "2.4/pairs_stay_together",
]


def get_random_batches(x, y, batch_size):
    order = np.random.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], y[rows]
