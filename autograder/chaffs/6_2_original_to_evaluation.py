"""The model that was handed over is put into evaluation mode."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

FAILS = ["6.2/the_model_itself_stays"]


def fine_tune(model, x, labels, learning_rate, steps):
    model.eval()
    tuned = copy.deepcopy(model)
    tuned.eval()
    last = [layer for layer in tuned.modules() if isinstance(layer, nn.Linear)][-1]
    optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.cross_entropy(tuned(x), labels).backward()
        optimiser.step()
    return tuned
