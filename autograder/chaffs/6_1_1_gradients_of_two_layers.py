"""The gradients are read from the first and the third part of the model only."""

from torch.nn import functional as F

FAILS = ["6.1.1/gradients_of_a_deeper_model"]


def parameter_gradients(model, x, labels):
    model.zero_grad()
    F.cross_entropy(model(x), labels, reduction="sum").backward()
    return {
        f"{k}.{name}": getattr(model[k], name).grad.clone()
        for k in (0, 2)
        for name in ("weight", "bias")
    }
