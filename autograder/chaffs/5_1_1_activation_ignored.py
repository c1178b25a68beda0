"""The hidden layers have a ReLU, whatever the activation is."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import relu

FAILS = ["5.1.1/another_activation"]


def forward_autoencoder(x, params, activation=relu):
    hidden = forward(x, params, "layer1", relu)
    hidden = forward(hidden, params, "hidden1", relu)
    hidden = forward(hidden, params, "hidden2", relu)
    return forward(hidden, params, "output", sigmoid)
