"""Only answers with more than one half count as right."""

import numpy as np

FAILS = ["2.2.3/accuracy_value"]


def compute_loss_and_acc(y, probs):
    prob_of_truth = np.sum(y * probs, axis=1)
    loss = -np.sum(np.log(prob_of_truth))
    acc = np.mean(prob_of_truth > 0.5)
    return loss, acc
