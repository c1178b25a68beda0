"""The formula is written out for three layers."""

FAILS = ["1.3/any_number_of_layers"]


def collapse(weights, biases):
    W1, W2, W3 = weights
    b1, b2, b3 = biases
    return W1 @ W2 @ W3, b1 @ W2 @ W3 + b2 @ W3 + b3
