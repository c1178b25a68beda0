"""The slope of the loss lacks the factor 2."""

FAILS = ["5.1.1/slope_of_the_loss"]


def squared_error_deriv(x, output):
    return output - x
