"""Gradients of an earlier step are not set to zero."""

from torch.nn import functional as F

FAILS = ["6.1.1/old_gradients_do_not_count"]


def parameter_gradients(model, x, labels):
    F.cross_entropy(model(x), labels, reduction="sum").backward()
    return {name: p.grad.clone() for name, p in model.named_parameters()}
