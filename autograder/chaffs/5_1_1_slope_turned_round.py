"""The slope of the loss has the wrong sign."""

FAILS = ["5.1.1/slope_of_the_loss"]


def squared_error_deriv(x, output):
    return 2 * (x - output)
