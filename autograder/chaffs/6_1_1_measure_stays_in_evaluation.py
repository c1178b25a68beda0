"""The model stays in evaluation mode after measuring."""

import torch
from torch.nn import functional as F

FAILS = ["6.1.1/measuring_puts_the_mode_back"]


def measure(model, x, labels):
    model.eval()
    with torch.no_grad():
        scores = model(x)
        loss = F.cross_entropy(scores, labels).item()
        accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
    return loss, accuracy
