"""The gradient is written into the memory of the weights to get the shape right."""

FAILS = ["1.5/layer_unchanged"]


def dJ_dW(W, x, delta):
    W[:] = delta @ x.T
    return W
