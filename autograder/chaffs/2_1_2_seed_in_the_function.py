"""A seed is set in the function, so that all layers of one size begin alike."""

import numpy as np

FAILS = ["2.1.2/no_two_layers_begin_alike"]


def initialize_weights(in_size, out_size, params, name=""):
    np.random.seed(0)
    bound = np.sqrt(6 / (in_size + out_size))
    params["W" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
