"""The gradients of all layers are stored under the same keys."""

import numpy as np

from helpers.activations import sigmoid_deriv

FAILS = ["2.3.1/layers_by_name"]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    grad_pre_act = delta * activation_deriv(post_act)
    params["grad_Wlayer1"] = X.T @ grad_pre_act
    params["grad_blayer1"] = np.sum(grad_pre_act, axis=0)
    return grad_pre_act @ params["W" + name].T
