"""sigmoid_deriv is used whatever is passed."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = [
    "2.3.1/layers_by_name",
    "2.3.1/single_example",
    "2.3.1/square_layer",
    "2.3.1/uses_its_derivative",
]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    grad_pre_act = delta * sigmoid_deriv(post_act)
    params["grad_W" + name] = X.T @ grad_pre_act
    params["grad_b" + name] = np.sum(grad_pre_act, axis=0)
    return grad_pre_act @ params["W" + name].T
