"""The weights are drawn between -0.5 and 0.5, whatever the size of the layer."""

import numpy as np

FAILS = ["2.1.2/variance", "2.1.2/variance_follows_both_sizes"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = 0.5
    params["W" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
