"""All arrays are in double precision."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["5.1.1/network_shapes"]


def initialize_autoencoder(size, hidden_size):
    params, sizes = {}, [size, hidden_size, hidden_size, hidden_size, size]
    for name, n_in, n_out in zip(LAYERS, sizes, sizes[1:]):
        initialize_weights(n_in, n_out, params, name)
    return params
