"""x and y themselves are shuffled, from the same state of the generator."""

import numpy as np

FAILS = ["2.4/batches_leave_the_data_alone"]


def get_random_batches(x, y, batch_size):
    state = np.random.get_state()
    np.random.shuffle(x)
    np.random.set_state(state)
    np.random.shuffle(y)
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]
