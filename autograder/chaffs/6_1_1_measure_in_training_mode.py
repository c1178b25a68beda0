"""Measuring happens in training mode."""

import torch
from torch.nn import functional as F

FAILS = ["6.1.1/measures_in_evaluation_mode", "6.1.1/measuring_leaves_statistics_alone"]


def measure(model, x, labels):
    with torch.no_grad():
        scores = model(x)
        loss = F.cross_entropy(scores, labels).item()
        accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
    return loss, accuracy
