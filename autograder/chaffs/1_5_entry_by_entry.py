"""The weights get delta times x entry by entry in place of the outer product."""

FAILS = ["1.5/dJ_dW", "1.5/dJ_dW_of_one_output"]


def dJ_dW(W, x, delta):
    return delta * x
