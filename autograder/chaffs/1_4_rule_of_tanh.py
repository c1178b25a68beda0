"""The rule for tanh is used for the sigmoid."""

FAILS = ["1.4/slope_from_value", "1.4/slope_of_any_shape"]


def sigmoid_slope(s):
    return 1 - s**2
