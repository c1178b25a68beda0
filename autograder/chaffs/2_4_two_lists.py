"""All x batches are returned first, then all y batches."""

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
    batches = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        batches.append((x[rows], y[rows]))
    return [b[0] for b in batches], [b[1] for b in batches]
