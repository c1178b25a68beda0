"""There are only three layers: 'hidden2' is forgotten."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = [
    "5.1.1/layers_have_their_own_weights",
    "5.1.1/network_begins_with_xavier",
    "5.1.1/network_shapes",
]


def initialize_autoencoder(size, hidden_size):
    params = {}
    initialize_weights(size, hidden_size, params, "layer1")
    initialize_weights(hidden_size, hidden_size, params, "hidden1")
    initialize_weights(hidden_size, size, params, "output")
    return {key: values.astype(np.float32) for key, values in params.items()}
