"""The logarithm is taken of the sum over the batch."""

import numpy as np

FAILS = ["2.2.3/loss_is_summed", "2.2.3/loss_of_knowing_nothing", "2.2.3/loss_value"]


def compute_loss_and_acc(y, probs):
    prob_of_truth = np.sum(y * probs, axis=1)
    loss = -np.log(np.sum(prob_of_truth))
    acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
    return loss, acc
