"""All layers have a sigmoid, whatever the activation is."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import relu

FAILS = ["5.1.1/another_activation", "5.1.1/caches_are_left", "5.1.1/reconstruction"]


def forward_autoencoder(x, params, activation=relu):
    hidden = forward(x, params, "layer1", sigmoid)
    hidden = forward(hidden, params, "hidden1", sigmoid)
    hidden = forward(hidden, params, "hidden2", sigmoid)
    return forward(hidden, params, "output", sigmoid)
