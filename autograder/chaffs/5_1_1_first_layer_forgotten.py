"""The way back ends before the first layer."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import relu_deriv, sigmoid_deriv

FAILS = [
    "5.1.1/another_derivative",
    "5.1.1/gradients_of_other_sizes",
    "5.1.1/gradients_of_the_hidden_layers",
]


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    delta = backwards(delta, params, "output", sigmoid_deriv)
    delta = backwards(delta, params, "hidden2", activation_deriv)
    delta = backwards(delta, params, "hidden1", activation_deriv)
