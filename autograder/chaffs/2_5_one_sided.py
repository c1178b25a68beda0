"""The difference is one-sided."""

import numpy as np

FAILS = ["2.5/central_differences", "2.5/coarse_step_shows"]


def numerical_gradients(loss, params, eps=1e-5):
    gradients = {}
    for name in [key for key in params if key.startswith(("W", "b"))]:
        values = params[name]
        gradient = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            original = values[place]
            values[place] = original + eps
            above = loss(params)
            values[place] = original
            below = loss(params)
            values[place] = original
            gradient[place] = (above - below) / eps
        gradients[name] = gradient
    return gradients
