"""The way forward is written anew and leaves no caches."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import relu

FAILS = ["5.1.1/caches_are_left"]


def forward_autoencoder(x, params, activation=relu):
    for name in LAYERS[:3]:
        x = activation(x @ params["W" + name] + params["b" + name])
    return sigmoid(x @ params["Woutput"] + params["boutput"])
