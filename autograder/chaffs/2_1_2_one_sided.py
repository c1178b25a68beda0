"""The weights are drawn between 0 and the bound: none is negative."""

import numpy as np

FAILS = ["2.1.2/mean_is_zero", "2.1.2/variance", "2.1.2/variance_follows_both_sizes"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (in_size + out_size))
    params["W" + name] = np.random.uniform(0, bound, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
