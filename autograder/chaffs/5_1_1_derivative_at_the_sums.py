"""The derivatives are taken at the sums before the activation, which only ReLU forgives."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

from helpers.activations import relu_deriv, sigmoid_deriv

FAILS = [
    "5.1.1/another_derivative",
    "5.1.1/gradients_of_other_sizes",
    "5.1.1/gradients_of_the_hidden_layers",
    "5.1.1/gradients_of_the_output",
]


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    for name in LAYERS[::-1]:
        X, pre_act, post_act = params["cache_" + name]
        deriv = sigmoid_deriv if name == "output" else activation_deriv
        delta = delta * deriv(pre_act)
        params["grad_W" + name] = X.T @ delta
        params["grad_b" + name] = np.sum(delta, axis=0)
        delta = delta @ params["W" + name].T
