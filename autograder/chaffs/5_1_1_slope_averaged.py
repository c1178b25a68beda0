"""The slope of the loss is divided by the number of images."""

FAILS = ["5.1.1/slope_of_the_loss"]


def squared_error_deriv(x, output):
    return 2 * (output - x) / len(x)
