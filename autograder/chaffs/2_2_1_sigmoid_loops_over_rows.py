"""The sigmoid loops over two axes and fails for arrays with one or three."""

import numpy as np

FAILS = ["2.2.1/sigmoid_of_any_shape"]


def sigmoid(x):
    res = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            res[i, j] = 1 / (1 + np.exp(-x[i, j]))
    return res
