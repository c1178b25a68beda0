"""The weights are moved before delta goes through them."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = [
    "2.3.1/gradient_of_inputs",
    "2.3.1/layers_by_name",
    "2.3.1/leaves_weights_and_cache",
    "2.3.1/single_example",
    "2.3.1/square_layer",
]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    grad_pre_act = delta * activation_deriv(post_act)
    params["grad_W" + name] = X.T @ grad_pre_act
    params["grad_b" + name] = np.sum(grad_pre_act, axis=0)
    params["W" + name] = params["W" + name] - 0.01 * params["grad_W" + name]
    return grad_pre_act @ params["W" + name].T
