"""The loss is divided by the number of entries of y."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = [
    "3.1/evaluate_loss",
    "3.1/learns_real_letters",
    "3.1/networks_of_any_size",
    "3.1/validation_history",
]


def evaluate(x, y, params):
    hidden = forward(x, params, "layer1")
    probs = forward(hidden, params, "output", softmax)
    loss, acc = compute_loss_and_acc(y, probs)
    return loss / y.size, acc
