"""The scalar gradients for the weight and the input are swapped."""

FAILS = ["1.5/scalar_weight", "1.5/scalar_input"]


def scalar_gradients(w, x, b, delta):
    return delta * w, delta * x, delta
