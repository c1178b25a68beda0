"""The keys are W_<name> and b_<name>."""

import numpy as np

FAILS = [
    "2.1.2/bias_is_zeros",
    "2.1.2/layers_live_side_by_side",
    "2.1.2/mean_is_zero",
    "2.1.2/spread_evenly",
    "2.1.2/variance",
    "2.1.2/variance_follows_both_sizes",
    "2.1.2/weight_shape",
]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (in_size + out_size))
    params["W_" + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    params["b_" + name] = np.zeros(out_size)
