"""The model is left in the mode in which it came."""

from torch.nn import functional as F

FAILS = ["6.1.1/epoch_is_in_training_mode"]


def train_epoch(model, optimiser, batches):
    total_loss, right, seen = 0.0, 0, 0
    for x, labels in batches:
        optimiser.zero_grad()
        scores = model(x)
        loss = F.cross_entropy(scores, labels, reduction="sum")
        loss.backward()
        optimiser.step()
        total_loss += loss.item()
        right += (scores.argmax(dim=1) == labels).sum().item()
        seen += len(x)
    return total_loss / seen, right / seen
