"""Adam runs at its own usual learning rate."""

import torch

FAILS = ["6.1.1/adam"]


def make_optimiser(model, kind, learning_rate):
    if kind == "adam":
        return torch.optim.Adam(model.parameters())
    momentum = 0.9 if kind == "momentum" else 0
    decay = 0.01 if kind == "decay" else 0
    return torch.optim.SGD(
        model.parameters(), lr=learning_rate, momentum=momentum, weight_decay=decay
    )
