"""The values are squared in place."""

FAILS = ["1.6/tanh_values_unchanged"]


def tanh_slope(t):
    t **= 2
    return 1 - t
