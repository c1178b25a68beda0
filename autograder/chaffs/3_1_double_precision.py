"""astype gives a new array, and it is thrown away: all stays in double precision."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.1/network_shapes"]


def new_network(n_in, n_hidden, n_out):
    params = {}
    initialize_weights(n_in, n_hidden, params, "layer1")
    initialize_weights(n_hidden, n_out, params, "output")
    for values in params.values():
        values.astype(np.float32)
    return params
