"""np.random.rand is taken to be centred on zero."""

import numpy as np

FAILS = ["2.1.2/mean_is_zero"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (in_size + out_size))
    params["W" + name] = np.random.rand(in_size, out_size) * 2 * bound
    params["b" + name] = np.zeros(out_size)
