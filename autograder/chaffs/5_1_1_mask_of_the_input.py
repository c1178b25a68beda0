"""The ReLU's derivative is taken where its layer's input is positive, not its output."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

from helpers.activations import relu_deriv, sigmoid_deriv

FAILS = [
    "5.1.1/another_derivative",
    "5.1.1/gradients_of_other_sizes",
    "5.1.1/gradients_of_the_hidden_layers",
]


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    delta = backwards(delta, params, "output", sigmoid_deriv)
    for name in ["hidden2", "hidden1", "layer1"]:
        X, pre_act, post_act = params["cache_" + name]
        params["grad_W" + name] = X.T @ delta
        params["grad_b" + name] = np.sum(delta, axis=0)
        delta = (delta @ params["W" + name].T) * activation_deriv(X)
