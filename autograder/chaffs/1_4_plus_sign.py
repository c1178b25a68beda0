"""A minus sign is lost in the chain rule: s (1 + s)."""

FAILS = ["1.4/slope_from_value", "1.4/slope_of_any_shape"]


def sigmoid_slope(s):
    return s * (1 + s)
