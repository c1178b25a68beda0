"""The bias comes back as a matrix with one row."""

FAILS = ["1.3/collapsed_bias", "1.3/any_number_of_layers"]


def collapse(weights, biases):
    W, b = weights[0], biases[0].reshape(1, -1)
    for later_W, later_b in zip(weights[1:], biases[1:], strict=True):
        W = W @ later_W
        b = b @ later_W + later_b
    return W, b
