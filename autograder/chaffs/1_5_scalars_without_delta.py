"""The scalar gradients stop at dy/dw, dy/dx, dy/db: the chain rule is missing."""

FAILS = ["1.5/scalar_weight", "1.5/scalar_input", "1.5/scalar_bias"]


def scalar_gradients(w, x, b, delta):
    return x, w, 1.0
