"""The bound is that of the first layer of the letters, 1024 and 64, for every layer."""

import numpy as np

FAILS = ["2.1.2/variance", "2.1.2/variance_follows_both_sizes"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (1024 + 64))
    params["W" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
