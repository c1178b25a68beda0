"""The model that was handed over is frozen for good."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

FAILS = ["6.2/the_model_itself_stays"]


def fine_tune(model, x, labels, learning_rate, steps):
    for parameter in model.parameters():
        parameter.requires_grad = False
    tuned = copy.deepcopy(model)
    tuned.eval()
    last = [layer for layer in tuned.modules() if isinstance(layer, nn.Linear)][-1]
    for parameter in last.parameters():
        parameter.requires_grad = True
    optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.cross_entropy(tuned(x), labels).backward()
        optimiser.step()
    return tuned
