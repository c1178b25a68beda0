"""Each batch is drawn from all examples, whatever the other batches hold."""

import numpy as np

FAILS = ["2.4/batches_at_the_edge", "2.4/every_example_once"]


def get_random_batches(x, y, batch_size):
    batches = []
    for start in range(0, len(x), batch_size):
        size = min(batch_size, len(x) - start)
        rows = np.random.choice(len(x), size, replace=False)
        batches.append((x[rows], y[rows]))
    return batches
