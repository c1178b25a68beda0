"""The values are overwritten with the slopes."""

FAILS = ["1.4/values_unchanged"]


def sigmoid_slope(s):
    s *= 1 - s
    return s
