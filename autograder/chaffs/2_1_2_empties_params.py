"""params is emptied first, so that only the last layer is left."""

import numpy as np

FAILS = ["2.1.2/layers_live_side_by_side"]


def initialize_weights(in_size, out_size, params, name=""):
    params.clear()
    bound = np.sqrt(6 / (in_size + out_size))
    params["W" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
