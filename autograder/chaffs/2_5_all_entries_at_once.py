"""All entries of a parameter are moved at once."""

import numpy as np

FAILS = [
    "2.5/central_differences",
    "2.5/coarse_step_shows",
    "2.5/entries_move_one_at_a_time",
    "2.5/numerical_gradient_values",
    "2.5/right_gradients_pass",
]


def numerical_gradients(loss, params, eps=1e-5):
    gradients = {}
    for name in [key for key in params if key.startswith(("W", "b"))]:
        values = params[name]
        gradient = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            values += eps
            above = loss(params)
            values -= 2 * eps
            below = loss(params)
            values += eps
            gradient[place] = (above - below) / (2 * eps)
        gradients[name] = gradient
    return gradients
