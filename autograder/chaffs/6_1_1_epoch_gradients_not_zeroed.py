"""The optimiser never sets the gradients back to zero."""

from torch.nn import functional as F

FAILS = [
    "6.1.1/epoch_makes_the_steps",
    "6.1.1/epoch_measures_on_the_way",
    "6.1.1/epoch_of_one_batch",
]


def train_epoch(model, optimiser, batches):
    model.train()
    total_loss, right, seen = 0.0, 0, 0
    for x, labels in batches:
        scores = model(x)
        loss = F.cross_entropy(scores, labels, reduction="sum")
        loss.backward()
        optimiser.step()
        total_loss += loss.item()
        right += (scores.argmax(dim=1) == labels).sum().item()
        seen += len(x)
    return total_loss / seen, right / seen
