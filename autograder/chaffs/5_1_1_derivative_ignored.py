"""The hidden layers have the derivative of a ReLU, whatever is asked for."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import relu_deriv, sigmoid_deriv

FAILS = ["5.1.1/another_derivative"]


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    delta = backwards(delta, params, "output", sigmoid_deriv)
    delta = backwards(delta, params, "hidden2", relu_deriv)
    delta = backwards(delta, params, "hidden1", relu_deriv)
    backwards(delta, params, "layer1", relu_deriv)
