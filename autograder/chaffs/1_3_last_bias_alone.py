"""Only the bias of the last layer is kept."""

FAILS = ["1.3/collapsed_bias", "1.3/any_number_of_layers"]


def collapse(weights, biases):
    W = weights[0]
    for later in weights[1:]:
        W = W @ later
    return W, biases[-1]
