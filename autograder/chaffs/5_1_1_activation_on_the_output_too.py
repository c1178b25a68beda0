"""The output has the activation of the hidden layers where one is given."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import relu

FAILS = ["5.1.1/another_activation"]


def forward_autoencoder(x, params, activation=relu):
    hidden = forward(x, params, "layer1", activation)
    hidden = forward(hidden, params, "hidden1", activation)
    hidden = forward(hidden, params, "hidden2", activation)
    return forward(hidden, params, "output", sigmoid if activation is relu else activation)
