"""The outer product is taken in the wrong order: x delta^T, of shape (d, k)."""

FAILS = ["1.5/dJ_dW", "1.5/dJ_dW_of_one_output"]


def dJ_dW(W, x, delta):
    return x @ delta.T
