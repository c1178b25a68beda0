"""The order of an epoch is drawn with replacement."""

import numpy as np

FAILS = ["2.4/batches_at_the_edge", "2.4/every_example_once"]


def get_random_batches(x, y, batch_size):
    order = np.random.choice(len(x), len(x))
    batches = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        batches.append((x[rows], y[rows]))
    return batches
