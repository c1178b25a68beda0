"""The weights are made integers, so that nearly all of them are zero."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = [
    "3.1/network_begins_with_xavier",
    "3.1/network_shapes",
]


def new_network(in_size, hidden_size, out_size):
    params = {}
    initialize_weights(in_size, hidden_size, params, "layer1")
    initialize_weights(hidden_size, out_size, params, "output")
    return {name: values.astype(int) for name, values in params.items()}
