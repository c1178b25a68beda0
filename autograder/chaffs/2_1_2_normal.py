"""The variance is right, but the weights are drawn from a normal distribution."""

import numpy as np

FAILS = ["2.1.2/spread_evenly"]


def initialize_weights(in_size, out_size, params, name=""):
    std = np.sqrt(2 / (in_size + out_size))
    params["W" + name] = np.random.normal(0, std, size=(in_size, out_size))
    params["b" + name] = np.zeros(out_size)
