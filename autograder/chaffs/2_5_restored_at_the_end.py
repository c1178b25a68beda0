"""The array is put back when all its entries have been moved."""

import numpy as np

FAILS = ["2.5/coarse_step_shows", "2.5/entries_move_one_at_a_time"]


def numerical_gradients(loss, params, eps=1e-5):
    gradients = {}
    for name in [key for key in params if key.startswith(("W", "b"))]:
        values = params[name]
        before = values.copy()
        gradient = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            original = values[place]
            values[place] = original + eps
            above = loss(params)
            values[place] = original - eps
            below = loss(params)
            gradient[place] = (above - below) / (2 * eps)
        values[...] = before
        gradients[name] = gradient
    return gradients
