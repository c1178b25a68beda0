"""The output layer begins with zeros."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.1/network_begins_with_xavier"]


def new_network(in_size, hidden_size, out_size):
    params = {}
    initialize_weights(in_size, hidden_size, params, "layer1")
    initialize_weights(hidden_size, out_size, params, "output")
    params["Woutput"] = np.zeros((hidden_size, out_size))
    return {name: values.astype(np.float32) for name, values in params.items()}
