"""The biases are drawn at random like the weights."""

import numpy as np

FAILS = ["2.1.2/bias_is_zeros"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (in_size + out_size))
    params["W" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b" + name] = np.random.uniform(-bound, bound, size=out_size)
