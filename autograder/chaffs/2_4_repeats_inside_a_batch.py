"""Each batch is drawn with replacement from the examples not used yet, always of full size."""

import numpy as np

FAILS = ["2.4/batch_sizes", "2.4/batches_at_the_edge", "2.4/every_example_once"]


def get_random_batches(x, y, batch_size):
    batches = []
    left = list(range(len(x)))
    while left:
        drawn = [left[i] for i in np.random.choice(len(left), batch_size)]
        batches.append((x[drawn], y[drawn]))
        left = [row for row in left if row not in drawn]
    return batches
