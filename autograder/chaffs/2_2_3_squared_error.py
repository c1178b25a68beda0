"""The squared error is taken for the cross-entropy."""

import numpy as np

FAILS = ["2.2.3/loss_of_knowing_nothing", "2.2.3/loss_value"]


def compute_loss_and_acc(y, probs):
    loss = np.sum((y - probs) ** 2)
    acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
    return loss, acc
