"""Tanh is twice as high, so it is taken to be only twice as steep."""

FAILS = ["1.6/largest_slope_of_tanh"]


def largest_slopes():
    return 0.25, 0.5
