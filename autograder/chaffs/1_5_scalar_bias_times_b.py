"""The scalar gradient for the bias is multiplied by the bias."""

FAILS = ["1.5/scalar_bias"]


def scalar_gradients(w, x, b, delta):
    return delta * x, delta * w, delta * b
