"""The rows are divided by their sums."""

import numpy as np

FAILS = ["3.4/classes_that_never_occur", "3.4/confusion_counts"]


def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions):
        matrix[truth, answer] += 1
    return matrix / matrix.sum(axis=1, keepdims=True)
