"""The matrices are multiplied in the order of the column convention."""

FAILS = ["1.3/collapsed_weights", "1.3/any_number_of_layers", "1.3/square_layers"]


def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for later_W, later_b in zip(weights[1:], biases[1:], strict=True):
        W = later_W @ W
        b = b @ later_W + later_b
    return W, b
