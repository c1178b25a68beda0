"""dJ/dW is given the shape (d, k), though W has the shape (k, d)."""

FAILS = ["1.5/shape_of_dJ_dW"]


def gradient_shapes(k, d):
    return (d, k), (d, 1), (k, 1)
