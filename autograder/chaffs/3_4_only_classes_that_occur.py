"""The matrix has room only for the classes that occur."""

import numpy as np

FAILS = ["3.4/classes_that_never_occur"]


def confusion_matrix(labels, predictions, n_classes):
    n_classes = max(labels.max(), predictions.max()) + 1
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions):
        matrix[truth, answer] += 1
    return matrix
