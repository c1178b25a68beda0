"""The output layer is taken for linear on the way back, as in notebook 3."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import linear_deriv, relu_deriv

FAILS = [
    "5.1.1/another_derivative",
    "5.1.1/gradients_of_other_sizes",
    "5.1.1/gradients_of_the_hidden_layers",
    "5.1.1/gradients_of_the_output",
]


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    delta = backwards(delta, params, "output", linear_deriv)
    delta = backwards(delta, params, "hidden2", activation_deriv)
    delta = backwards(delta, params, "hidden1", activation_deriv)
    backwards(delta, params, "layer1", activation_deriv)
