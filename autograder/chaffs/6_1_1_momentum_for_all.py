"""Plain descent has momentum as well."""

import torch

FAILS = ["6.1.1/plain_descent", "6.1.1/weight_decay"]


def make_optimiser(model, kind, learning_rate):
    if kind == "adam":
        return torch.optim.Adam(model.parameters(), lr=learning_rate)
    momentum = 0.9
    decay = 0.01 if kind == "decay" else 0
    return torch.optim.SGD(
        model.parameters(), lr=learning_rate, momentum=momentum, weight_decay=decay
    )
