"""The weights are moved as well, after dJ/dX is known."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = ["2.3.1/leaves_weights_and_cache"]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    grad_pre_act = delta * activation_deriv(post_act)
    params["grad_W" + name] = X.T @ grad_pre_act
    params["grad_b" + name] = np.sum(grad_pre_act, axis=0)
    grad_X = grad_pre_act @ params["W" + name].T
    params["W" + name] = params["W" + name] - 0.01 * params["grad_W" + name]
    params["b" + name] = params["b" + name] - 0.01 * params["grad_b" + name]
    return grad_X
