"""A record for gradients is kept while measuring."""

from torch.nn import functional as F

FAILS = ["6.1.1/measuring_keeps_no_record"]


def measure(model, x, labels):
    mode = model.training
    model.eval()
    scores = model(x)
    loss = F.cross_entropy(scores, labels).item()
    accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
    model.train(mode)
    return loss, accuracy
