"""The inner minus sign is lost, so that the slope is negative."""

FAILS = ["1.4/slope_from_value", "1.4/slope_of_any_shape"]


def sigmoid_slope(s):
    return -s * (1 - s)
