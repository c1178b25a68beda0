"""The derivative is taken at the pre-activation."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = [
    "2.3.1/gradient_of_bias",
    "2.3.1/gradient_of_inputs",
    "2.3.1/gradient_of_weights",
    "2.3.1/single_example",
    "2.3.1/square_layer",
    "2.3.1/uses_its_derivative",
]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    grad_pre_act = delta * activation_deriv(pre_act)
    params["grad_W" + name] = X.T @ grad_pre_act
    params["grad_b" + name] = np.sum(grad_pre_act, axis=0)
    return grad_pre_act @ params["W" + name].T
