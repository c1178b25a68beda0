"""Weight decay is asked for, and plain descent is returned."""

import torch

FAILS = ["6.1.1/weight_decay"]


def make_optimiser(model, kind, learning_rate):
    if kind == "adam":
        return torch.optim.Adam(model.parameters(), lr=learning_rate)
    momentum = 0.9 if kind == "momentum" else 0
    return torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=momentum)
