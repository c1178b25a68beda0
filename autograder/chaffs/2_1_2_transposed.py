"""The weights have the shape (out_size, in_size)."""

import numpy as np

FAILS = ["2.1.2/layers_live_side_by_side", "2.1.2/weight_shape"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (in_size + out_size))
    params["W" + name] = np.random.uniform(-bound, bound, size=(out_size, in_size))
    params["b" + name] = np.zeros(out_size)
