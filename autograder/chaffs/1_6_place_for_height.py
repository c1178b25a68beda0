"""The value at which the slope is largest is given for the slope."""

FAILS = ["1.6/largest_slope_of_sigmoid"]


def largest_slopes():
    return 0.5, 1.0
