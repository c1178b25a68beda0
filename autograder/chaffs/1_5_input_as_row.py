"""The gradient for the input comes back as a row."""

FAILS = ["1.5/dJ_dx"]


def dJ_dx(W, x, delta):
    return delta.T @ W
