"""A fancy index counts each pair once, however often it occurs."""

import numpy as np

FAILS = ["3.4/classes_that_never_occur", "3.4/confusion_counts"]


def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    matrix[labels, predictions] += 1
    return matrix
