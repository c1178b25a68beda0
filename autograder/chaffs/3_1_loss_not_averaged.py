"""The loss of a data set is the sum over its examples."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["3.1/evaluate_loss", "3.1/learns_real_letters", "3.1/validation_history"]


def evaluate(x, y, params):
    hidden = forward(x, params, "layer1")
    probs = forward(hidden, params, "output", softmax)
    loss, acc = compute_loss_and_acc(y, probs)
    return loss, acc
