"""Only names that begin with cache are left out; gradients are not."""

import numpy as np

FAILS = ["2.5/other_entries_are_left_alone"]


def numerical_gradients(loss, params, eps=1e-5):
    gradients = {}
    for name in [key for key in params if not key.startswith("cache")]:
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
