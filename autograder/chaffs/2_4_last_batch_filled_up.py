"""The last batch is filled up with examples drawn again."""

import numpy as np

FAILS = ["2.4/batch_sizes", "2.4/batches_at_the_edge"]


def get_random_batches(x, y, batch_size):
    order = np.random.permutation(len(x))
    batches = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        if len(rows) < batch_size:
            rows = np.append(rows, np.random.choice(len(x), batch_size - len(rows)))
        batches.append((x[rows], y[rows]))
    return batches
