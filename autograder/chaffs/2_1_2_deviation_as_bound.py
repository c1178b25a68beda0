"""The standard deviation of Xavier is taken for the bound of the uniform distribution."""

import numpy as np

FAILS = ["2.1.2/variance", "2.1.2/variance_follows_both_sizes"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(2 / (in_size + out_size))
    params["W" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
