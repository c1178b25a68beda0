"""The gradients are those of the mean loss, which is PyTorch's default."""

from torch.nn import functional as F

FAILS = [
    "6.1.1/gradients_of_the_summed_loss",
    "6.1.1/old_gradients_do_not_count",
    "6.1.1/gradients_of_a_deeper_model",
]


def parameter_gradients(model, x, labels):
    model.zero_grad()
    F.cross_entropy(model(x), labels).backward()
    return {name: p.grad.clone() for name, p in model.named_parameters()}
