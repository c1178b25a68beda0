"""The loop goes through params while the loss puts caches into it."""

import numpy as np

FAILS = ["2.5/other_entries_are_left_alone"]


def numerical_gradients(loss, params, eps=1e-5):
    gradients = {}
    for key in params:
        if not key.startswith(("W", "b")):
            continue
        values = params[key]
        gradient = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            original = values[place]
            values[place] = original + eps
            above = loss(params)
            values[place] = original - eps
            below = loss(params)
            values[place] = original
            gradient[place] = (above - below) / (2 * eps)
        gradients[key] = gradient
    return gradients
