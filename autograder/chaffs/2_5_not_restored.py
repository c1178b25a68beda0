"""The entry is not put back."""

import numpy as np

FAILS = [
    "2.5/check_leaves_everything_alone",
    "2.5/coarse_step_shows",
    "2.5/entries_move_one_at_a_time",
    "2.5/parameters_are_restored",
]


def numerical_gradients(loss, params, eps=1e-5):
    gradients = {}
    for name in [key for key in params if key.startswith(("W", "b"))]:
        values = params[name]
        gradient = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            original = values[place]
            values[place] = original + eps
            above = loss(params)
            values[place] = original - eps
            below = loss(params)
            gradient[place] = (above - below) / (2 * eps)
        gradients[name] = gradient
    return gradients
