"""The layers are taken out of the lists of the caller."""

FAILS = ["1.3/layers_unchanged"]


def collapse(weights, biases):
    W, b = weights.pop(0), biases.pop(0)
    while weights:
        later_W = weights.pop(0)
        W = W @ later_W
        b = b @ later_W + biases.pop(0)
    return W, b
