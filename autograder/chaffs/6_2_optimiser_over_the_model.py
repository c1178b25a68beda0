"""The optimiser gets the layer of the model, and the copy never moves."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

FAILS = ["6.2/last_layer_learns", "6.2/convolutions_stay"]


def fine_tune(model, x, labels, learning_rate, steps):
    tuned = copy.deepcopy(model)
    tuned.eval()
    last = [layer for layer in model.modules() if isinstance(layer, nn.Linear)][-1]
    optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.cross_entropy(tuned(x), labels).backward()
        optimiser.step()
    return tuned
