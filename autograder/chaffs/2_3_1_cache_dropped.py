"""The cache is removed after use."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = ["2.3.1/leaves_weights_and_cache"]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params.pop("cache_" + name)
    grad_pre_act = delta * activation_deriv(post_act)
    params["grad_W" + name] = X.T @ grad_pre_act
    params["grad_b" + name] = np.sum(grad_pre_act, axis=0)
    return grad_pre_act @ params["W" + name].T
