"""The copy learns in training mode: dropout is on, running averages change."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

FAILS = ["6.2/learning_is_in_evaluation_mode", "6.2/convolutions_stay", "6.2/statistics_stay"]


def fine_tune(model, x, labels, learning_rate, steps):
    tuned = copy.deepcopy(model)
    tuned.train()
    last = [layer for layer in tuned.modules() if isinstance(layer, nn.Linear)][-1]
    optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.cross_entropy(tuned(x), labels).backward()
        optimiser.step()
    tuned.eval()
    return tuned
