"""The logarithm overwrites the probabilities."""

import numpy as np

FAILS = ["2.2.3/arguments_unchanged"]


def compute_loss_and_acc(y, probs):
    np.log(probs, out=probs)
    loss = -np.sum(y * probs)
    acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
    return loss, acc
