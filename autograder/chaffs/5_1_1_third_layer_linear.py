"""The layer 'hidden2' has no activation."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import linear, relu

FAILS = ["5.1.1/another_activation", "5.1.1/caches_are_left", "5.1.1/reconstruction"]


def forward_autoencoder(x, params, activation=relu):
    hidden = forward(x, params, "layer1", activation)
    hidden = forward(hidden, params, "hidden1", activation)
    hidden = forward(hidden, params, "hidden2", linear)
    return forward(hidden, params, "output", sigmoid)
