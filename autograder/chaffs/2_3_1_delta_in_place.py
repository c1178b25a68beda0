"""delta is multiplied in place."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = ["2.3.1/argument_unchanged"]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    delta *= activation_deriv(post_act)
    grad_pre_act = delta
    params["grad_W" + name] = X.T @ grad_pre_act
    params["grad_b" + name] = np.sum(grad_pre_act, axis=0)
    return grad_pre_act @ params["W" + name].T
