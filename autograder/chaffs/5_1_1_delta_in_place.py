"""The delta that was handed over is multiplied in place."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

from helpers.activations import relu_deriv, sigmoid_deriv

FAILS = ["5.1.1/arguments_are_left_alone"]


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    for name in LAYERS[::-1]:
        X, pre_act, post_act = params["cache_" + name]
        deriv = sigmoid_deriv if name == "output" else activation_deriv
        delta *= deriv(post_act)
        params["grad_W" + name] = X.T @ delta
        params["grad_b" + name] = np.sum(delta, axis=0)
        delta = delta @ params["W" + name].T
