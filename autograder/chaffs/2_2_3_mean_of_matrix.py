"""The mean runs over all entries of the matrix."""

import numpy as np

FAILS = ["2.2.3/loss_is_summed", "2.2.3/loss_of_knowing_nothing", "2.2.3/loss_value"]


def compute_loss_and_acc(y, probs):
    loss = -np.mean(y * np.log(probs))
    acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
    return loss, acc
