"""The slope of the loss goes through the sigmoid, which `backwards` does once more."""

FAILS = ["5.1.1/slope_of_the_loss"]


def squared_error_deriv(x, output):
    return 2 * (output - x) * output * (1 - output)
