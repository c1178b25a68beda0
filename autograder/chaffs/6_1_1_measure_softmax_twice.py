"""A softmax is applied before the cross-entropy, which contains one."""

import torch
from torch.nn import functional as F

FAILS = ["6.1.1/measures_loss_and_accuracy"]


def measure(model, x, labels):
    mode = model.training
    model.eval()
    with torch.no_grad():
        scores = model(x)
        loss = F.cross_entropy(scores.softmax(dim=1), labels).item()
        accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
    model.train(mode)
    return loss, accuracy
