"""new_network fills a dict and does not return it."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.1/network_begins_with_xavier", "3.1/network_shapes"]


def new_network(in_size, hidden_size, out_size):
    params = {}
    initialize_weights(in_size, hidden_size, params, "layer1")
    initialize_weights(hidden_size, out_size, params, "output")
    params = {name: values.astype(np.float32) for name, values in params.items()}
