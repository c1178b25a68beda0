"""Momentum is asked for, and plain descent is returned."""

import torch

FAILS = ["6.1.1/momentum"]


def make_optimiser(model, kind, learning_rate):
    if kind == "adam":
        return torch.optim.Adam(model.parameters(), lr=learning_rate)
    decay = 0.01 if kind == "decay" else 0
    return torch.optim.SGD(model.parameters(), lr=learning_rate, weight_decay=decay)
