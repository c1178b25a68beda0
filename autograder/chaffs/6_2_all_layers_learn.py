"""All layers learn from the handful of examples."""

import copy

import torch
from torch.nn import functional as F

FAILS = ["6.2/last_layer_learns", "6.2/convolutions_stay"]


def fine_tune(model, x, labels, learning_rate, steps):
    tuned = copy.deepcopy(model)
    tuned.eval()
    optimiser = torch.optim.SGD(tuned.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.cross_entropy(tuned(x), labels).backward()
        optimiser.step()
    return tuned
