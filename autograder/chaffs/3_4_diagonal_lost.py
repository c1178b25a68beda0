"""most_confused empties the diagonal of the matrix that it is given."""

import numpy as np

FAILS = ["3.4/counting_leaves_arguments_alone"]


def most_confused(matrix, classes, k):
    np.fill_diagonal(matrix, 0)
    pairs = []
    for i in range(len(classes)):
        for j in range(i + 1, len(classes)):
            pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
    pairs.sort(key=lambda pair: pair[2], reverse=True)
    return pairs[:k]
