"""The accuracy, a share already, is divided by the number of examples."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["3.1/evaluate_accuracy", "3.1/validation_accuracy"]


def evaluate(x, y, params):
    hidden = forward(x, params, "layer1")
    probs = forward(hidden, params, "output", softmax)
    loss, acc = compute_loss_and_acc(y, probs)
    return loss / len(x), acc / len(x)
