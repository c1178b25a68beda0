"""The gradients are added to those that are there already."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = ["2.3.1/gradients_are_replaced"]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    grad_pre_act = delta * activation_deriv(post_act)
    params["grad_W" + name] = params.get("grad_W" + name, 0) + X.T @ grad_pre_act
    params["grad_b" + name] = params.get("grad_b" + name, 0) + np.sum(grad_pre_act, axis=0)
    return grad_pre_act @ params["W" + name].T
