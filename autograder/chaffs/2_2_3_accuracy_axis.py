"""The accuracy takes argmax down the columns."""

import numpy as np

FAILS = ["2.2.3/accuracy_of_a_square_batch", "2.2.3/accuracy_value"]


def compute_loss_and_acc(y, probs):
    prob_of_truth = np.sum(y * probs, axis=1)
    loss = -np.sum(np.log(prob_of_truth))
    acc = np.mean(np.argmax(probs, axis=0) == np.argmax(y, axis=0))
    return loss, acc
