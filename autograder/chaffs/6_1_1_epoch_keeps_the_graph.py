"""Losses are added up as tensors: what comes back holds the way it was computed."""

from torch.nn import functional as F

FAILS = ["6.1.1/epoch_gives_loss_and_accuracy"]


def train_epoch(model, optimiser, batches):
    model.train()
    total_loss, right, seen = 0.0, 0, 0
    for x, labels in batches:
        optimiser.zero_grad()
        scores = model(x)
        loss = F.cross_entropy(scores, labels, reduction="sum")
        loss.backward()
        optimiser.step()
        total_loss += loss
        right += (scores.argmax(dim=1) == labels).sum().item()
        seen += len(x)
    return total_loss / seen, right / seen
