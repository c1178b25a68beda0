"""The transpose is forgotten: W delta for W^T delta."""

FAILS = ["1.5/dJ_dx", "1.5/dJ_dx_of_one_input"]


def dJ_dx(W, x, delta):
    return W @ delta
