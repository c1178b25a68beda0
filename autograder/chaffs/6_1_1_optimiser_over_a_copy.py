"""The optimiser gets the parameters of a copy of the model."""

import copy

import torch

FAILS = ["6.1.1/plain_descent", "6.1.1/momentum", "6.1.1/adam", "6.1.1/weight_decay"]


def make_optimiser(model, kind, learning_rate):
    model = copy.deepcopy(model)
    if kind == "adam":
        return torch.optim.Adam(model.parameters(), lr=learning_rate)
    momentum = 0.9 if kind == "momentum" else 0
    decay = 0.01 if kind == "decay" else 0
    return torch.optim.SGD(
        model.parameters(), lr=learning_rate, momentum=momentum, weight_decay=decay
    )
