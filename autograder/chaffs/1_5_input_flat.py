"""The gradient for the input comes back with one dimension."""

FAILS = ["1.5/dJ_dx", "1.5/dJ_dx_of_one_input"]


def dJ_dx(W, x, delta):
    return (W.T @ delta).ravel()
