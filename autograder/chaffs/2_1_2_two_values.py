"""Every weight is plus or minus one number: right mean and variance, wrong distribution."""

import numpy as np

FAILS = ["2.1.2/spread_evenly"]


def initialize_weights(in_size, out_size, params, name=""):
    bound = np.sqrt(6 / (in_size + out_size))
    params["W" + name] = np.random.choice([-1, 1], size=(in_size, out_size)) * bound / np.sqrt(3)
    params["b" + name] = np.zeros(out_size)
