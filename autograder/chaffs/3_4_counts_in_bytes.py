"""The counts are bytes: after 255 comes 0."""

import numpy as np

FAILS = ["3.4/classes_that_never_occur"]


def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=np.uint8)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix
