"""The name is ignored: every layer is called layer1."""

import numpy as np

FAILS = ["2.1.2/layers_live_side_by_side", "2.1.2/variance_follows_both_sizes"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (in_size + out_size))
    params["Wlayer1"] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["blayer1"] = np.zeros(out_size)
