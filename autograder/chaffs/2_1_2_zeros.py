"""All weights begin at zero."""

import numpy as np

FAILS = [
    "2.1.2/no_two_layers_begin_alike",
    "2.1.2/spread_evenly",
    "2.1.2/variance",
    "2.1.2/variance_follows_both_sizes",
]


def initialize_weights(in_size, out_size, params, name=""):
    params["W" + name] = np.zeros((in_size, out_size))
    params["b" + name] = np.zeros(out_size)
