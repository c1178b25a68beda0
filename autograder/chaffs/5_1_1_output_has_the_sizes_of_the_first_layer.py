"""The output layer gets the sizes of the first one."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["5.1.1/network_begins_with_xavier", "5.1.1/network_shapes"]


def initialize_autoencoder(size, hidden_size):
    params = {}
    sizes = [size, hidden_size, hidden_size, hidden_size, hidden_size]
    for name, in_size, out_size in zip(LAYERS, sizes[:-1], sizes[1:]):
        initialize_weights(in_size, out_size, params, name)
    initialize_weights(size, hidden_size, params, "output")
    return {key: values.astype(np.float32) for key, values in params.items()}
