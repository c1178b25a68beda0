"""'hidden2' gets the very weights of 'hidden1'."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["5.1.1/layers_have_their_own_weights"]


def initialize_autoencoder(size, hidden_size):
    params = {}
    sizes = [size, hidden_size, hidden_size, hidden_size, size]
    for name, in_size, out_size in zip(LAYERS, sizes[:-1], sizes[1:]):
        initialize_weights(in_size, out_size, params, name)
    params["Whidden2"] = params["Whidden1"]
    return {key: values.astype(np.float32) for key, values in params.items()}
