"""The biases are only added up; the later weights are forgotten."""

FAILS = ["1.3/collapsed_bias", "1.3/any_number_of_layers"]


def collapse(weights, biases):
    W = weights[0]
    for later in weights[1:]:
        W = W @ later
    return W, sum(biases)
