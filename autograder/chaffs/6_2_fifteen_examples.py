"""Steps are made with the first fifteen examples only."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

FAILS = ["6.2/last_layer_learns"]


def fine_tune(model, x, labels, learning_rate, steps):
    tuned = copy.deepcopy(model)
    tuned.eval()
    last = [layer for layer in tuned.modules() if isinstance(layer, nn.Linear)][-1]
    optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.cross_entropy(tuned(x[:15]), labels[:15]).backward()
        optimiser.step()
    return tuned
