"""A network without non-linearities is taken to be linear, so the bias is dropped."""

import numpy as np

FAILS = ["1.3/collapsed_bias", "1.3/any_number_of_layers"]


def collapse(weights, biases):
    W = weights[0]
    for later in weights[1:]:
        W = W @ later
    return W, np.zeros(W.shape[1])
