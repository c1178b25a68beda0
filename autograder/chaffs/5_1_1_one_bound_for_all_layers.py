"""The bound of the first layer is used for all layers."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["5.1.1/network_begins_with_xavier"]


def initialize_autoencoder(size, hidden_size):
    params = {}
    sizes = [size, hidden_size, hidden_size, hidden_size, size]
    for name, in_size, out_size in zip(LAYERS, sizes[:-1], sizes[1:]):
        initialize_weights(in_size, out_size, params, name)
    bound = np.sqrt(6 / (size + hidden_size))
    for name in ["hidden1", "hidden2"]:
        params["W" + name] = np.random.uniform(-bound, bound, (hidden_size, hidden_size))
    return {key: values.astype(np.float32) for key, values in params.items()}
