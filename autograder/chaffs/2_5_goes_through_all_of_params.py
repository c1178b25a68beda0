"""The loop goes through params itself, caches and all."""

import numpy as np

FAILS = ["2.5/coarse_step_shows", "2.5/other_entries_are_left_alone", "2.5/right_gradients_pass"]


def numerical_gradients(loss, params, eps=1e-5):
    gradients = {}
    for name in params:
        values = params[name]
        gradient = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            original = values[place]
            values[place] = original + eps
            above = loss(params)
            values[place] = original - eps
            below = loss(params)
            values[place] = original
            gradient[place] = (above - below) / (2 * eps)
        gradients[name] = gradient
    return gradients
