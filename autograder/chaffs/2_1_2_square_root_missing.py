"""The bound is 6 / (in + out), without the square root."""

import numpy as np

FAILS = ["2.1.2/variance", "2.1.2/variance_follows_both_sizes"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = 6 / (in_size + out_size)
    params["W" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
