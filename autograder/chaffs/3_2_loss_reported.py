"""The loss on the test set is returned in place of the accuracy."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.2/accuracy_on_the_test_set"]


def pick_and_test(runs, x_test, y_test):
    last = [history["valid_acc"][-1] for trained, history in runs]
    best = int(np.argmax(last))
    loss, accuracy = evaluate(x_test, y_test, runs[best][0])
    return best, loss
